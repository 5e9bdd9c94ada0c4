using System.Text.Json.Nodes;
using TinyResilient.Lab.Model;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Scenarios;

public class ArmModelSpecs
{
    static Arm With(params (string, object)[] knobs) => new Arm("arm") { Rate = 10, Seconds = 60 }.With("arm", knobs);

    static Arm Under(params string[] faults) => With() with { Faults = [.. faults.Select(fault => JsonNode.Parse(fault)!.AsObject())] };

    static ModelSettings Actor(Arm arm) => ArmModel.Of(arm, Lane.Actor);

    static ModelSettings Http(Arm arm) => ArmModel.Of(arm, Lane.Http);

    [Fact]
    public void A_knob_of_one_lane_holds_in_that_lane_alone()
    {
        var arm = With(("MAX_RETRIES", 1), ("HTTP_MAX_RETRIES", 4), ("ACTOR_REQUEST_TIMEOUT_S", 0.3), ("RETRY_BUDGET", "none"), ("HTTP_RETRY_BUDGET", "successes:0.2"));
        Assert.Equal((1, 0.3, null), (Actor(arm).Policy.Retries, Actor(arm).Policy.AttemptTimeout, Actor(arm).Policy.Budget));
        Assert.Equal((4, 1, new RetryBudget(0.2, true)), (Http(arm).Policy.Retries, Http(arm).Policy.AttemptTimeout, Http(arm).Policy.Budget));
    }

    [Fact]
    public void Each_pool_has_its_own_supervision_and_its_own_default()
    {
        Assert.Equal((ModelSupervision.Restart, ModelSupervision.Resume), (Actor(With()).Pool.Supervision, Http(With()).Pool.Supervision));
        var arm = With(("ACTOR_SUPERVISION", "fresh"), ("HTTP_SUPERVISION", "restart"));
        Assert.Equal((ModelSupervision.Fresh, ModelSupervision.Restart), (Actor(arm).Pool.Supervision, Http(arm).Pool.Supervision));
    }

    [Fact]
    public void Lane_http_has_the_breaker_by_ratio_unless_it_is_told_otherwise()
    {
        var arm = With(("BREAKER_RATIO", 0.4), ("HTTP_BREAKER_MIN_CALLS", 20), ("COOL_DOWN_SECONDS", 2.0));
        Assert.Equal((null, new RatioBreaker(0.4, 20, 10, 2)), (Http(arm).Policy.Breaker, Http(arm).Policy.Ratio));
        Assert.Equal((new ConsecutiveBreaker(5, 2), null), (Actor(arm).Policy.Breaker, Actor(arm).Policy.Ratio));
        Assert.Equal((new ConsecutiveBreaker(5, 5), null), (Http(With(("HTTP_BREAKER", "consecutive"))).Policy.Breaker, Http(With(("HTTP_BREAKER", "consecutive"))).Policy.Ratio));
        Assert.Null(Http(With(("FAILURE_THRESHOLD", 0))).Policy.Ratio);
    }

    [Fact]
    public void A_lane_without_pipeline_has_no_policy_but_a_long_timeout_and_sends_no_deadline()
    {
        var arm = With(("HTTP_PIPELINE", "none"));
        Assert.Equal(new ModelPolicy(0, 100, 100, MaxInFlight: 10_000), Http(arm).Policy);
        Assert.Equal(2, Actor(arm).Policy.Retries);
        Assert.Equal((false, true), (Http(arm).Pool.DeadlinePropagation, Actor(arm).Pool.DeadlinePropagation));
        Assert.Null(ArmModel.Lack(arm, Lane.Http));
    }

    [Fact]
    public void A_fault_of_one_lane_is_in_that_lane_alone()
    {
        var arm = Under("""{"kind":"hang","probability":0.2,"lane":"http"}""", """{"kind":"crash","probability":0.1,"lane":"both"}""");
        Assert.Equal((0, 0.1), (Actor(arm).Faults.Hang, Actor(arm).Faults.Crash));
        Assert.Equal((0.2, 0.1), (Http(arm).Faults.Hang, Http(arm).Faults.Crash));
    }

    [Fact]
    public void Errors_of_several_sources_are_independent()
    {
        var arm = Under("""{"kind":"error","probability":0.5}""", """{"kind":"error","probability":0.5}""").With("arm", ("FAILURE_RATE", 0.2));
        Assert.Equal(1 - 0.8 * 0.25, Actor(arm).Faults.Error, 9);
    }

    [Fact]
    public void A_fault_that_begins_later_and_ends_by_itself_has_its_phase()
    {
        var arm = Under("""{"kind":"outage","from_s":10,"for_s":5}""", """{"kind":"slow","distribution":"fixed","median_ms":500,"for_s":12}""")
            .With("arm", ("FAILURE_RATE", 0.0));
        var settings = Actor(arm);
        Assert.Equal((0, 0.5), (settings.FaultsAt(9.9).Error, settings.WorkAt(9.9).Mean));
        Assert.Equal((1, 0.5), (settings.FaultsAt(11).Error, settings.WorkAt(11).Mean));
        Assert.Equal((1, 0.43), (settings.FaultsAt(14.9).Error, Math.Round(settings.WorkAt(14.9).Mean, 9)));
        Assert.Equal(0, settings.FaultsAt(15).Error);
    }

    [Fact]
    public void Slow_work_of_some_requests_leaves_the_others_their_time()
    {
        var settings = Actor(Under("""{"kind":"slow","probability":0.5,"distribution":"fixed","median_ms":1000}""")
            .With("arm", ("BASE_LATENCY_MS", 100.0), ("MAX_LATENCY_MS", 0.0)));
        Assert.Equal(0.55, settings.Work.Mean, 9);
    }

    [Fact]
    public void A_stall_that_is_half_over_has_only_its_rest()
    {
        var stall = Actor(Under("""{"kind":"stall","from_s":-2,"for_s":5}""")).Faults.Stall!;
        Assert.True(stall.Covers(2.9));
        Assert.False(stall.Covers(3));
    }

    [Theory]
    [InlineData("""{"kind":"first_k","k":3}""", "the model has no fault first_k")]
    [InlineData("""{"kind":"crash_loop"}""", "the model has no fault crash_loop")]
    [InlineData("""{"kind":"error","probability":0.1,"worker":3}""", "the model has no fault error of one worker alone")]
    [InlineData("""{"kind":"silent","probability":0.1,"fast":true}""", "the model has no fault silent that fails fast")]
    [InlineData("""{"kind":"corrupt","probability":0.1,"fast":true}""", null)]
    [InlineData("""{"kind":"corrupt","probability":0.1,"fast":true,"for_s":3}""", "the model has no fault corrupt that begins later or ends by itself")]
    [InlineData("""{"kind":"external","probability":0.1,"for_s":3}""", "the model has no fault external that begins later or ends by itself")]
    [InlineData("""{"kind":"error","probability":0.1,"worker":null,"fast":false,"for_s":null}""", null)]
    [InlineData("""{"kind":"first_k","k":3,"lane":"http"}""", null)]
    [InlineData("""{"kind":"first_k","k":3,"from_s":-9,"for_s":8}""", null)]
    public void What_the_model_lacks_is_named(string fault, string? lack) => Assert.Equal(lack, ArmModel.Lack(Under(fault), Lane.Actor));

    [Fact]
    public void Two_faults_that_spoil_workers_are_more_than_the_model_has() => Assert.Equal(
        "the model has only one fault that spoils workers at a time",
        ArmModel.Lack(Under("""{"kind":"corrupt","probability":0.1}""", """{"kind":"silent","probability":0.1}"""), Lane.Actor));

    [Fact]
    public void The_standard_pipeline_is_what_the_model_lacks_in_lane_http_only()
    {
        var arm = With(("HTTP_PIPELINE", "standard"));
        Assert.Equal("the model has no HTTP_PIPELINE=standard", ArmModel.Lack(arm, Lane.Http));
        Assert.Null(ArmModel.Lack(arm, Lane.Actor));
    }
}
