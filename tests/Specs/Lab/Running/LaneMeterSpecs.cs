using System.Text.Json.Nodes;
using Specs.LoadTest;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;
using Xunit;

namespace Specs.Lab.Running;

public class LaneMeterSpecs
{
    static readonly Arm arm = new("HAProxy") { Rate = 1, Seconds = 4, Faults = [Setting.Fault("stall", ("from_s", 0.5), ("for_s", 1))] };

    [Fact]
    public void Behind_a_proxy_attempts_are_those_that_ServiceB_received_and_a_504_is_a_timeout()
    {
        var measures = Close().Measures;
        Assert.Equal((0.5, 0.25, 0.25), (measures[Measure.Success], measures[Measure.TimedOut], measures[Measure.Failed]));
        Assert.Equal((1.75, 1.5), (measures[Measure.Attempts], measures[Measure.Begun]));
    }

    [Fact]
    public void An_arm_whose_fault_ends_before_it_says_when_goodput_is_back() =>
        Assert.Equal((2.5, 0.5), (Close().Measures[Measure.AfterFaultS], Close().Measures[Measure.RecoveryS]));

    [Fact]
    public void A_fault_that_lasts_as_long_as_the_arm_has_no_end() => Assert.Null((arm with { Seconds = 1.5 }).FaultEndS);

    static LaneRun Close()
    {
        Answer[] answers = [new(Outcome.Failed, "HTTP 504", null, null), new(Outcome.Failed, "HTTP 500", null, null), Samples.Ok, Samples.Ok];
        Sample[] samples = [.. answers.Select((answer, index) => Samples.Taking(5, answer, 1_000 * index) with { Id = $"1-{index + 1}" })];
        var meter = new LaneMeter(Lane.Http, 1, arm) { Result = Samples.Fold(samples) };
        foreach (var sample in samples)
            meter.Add(sample);
        return meter.Close(new(gateway: null, [JsonNode.Parse("""
            {"attempts":{"received":7,"refused":0,"expired":1,"completed":2,"failed":3,"crashed":0,"hung":1,"waiting":0,"running":0,"wasted":0,"lost":0},
             "effects":{"unique":2,"duplicate":0}}
            """)!.AsObject()]), new([], []), kills: null);
    }
}
