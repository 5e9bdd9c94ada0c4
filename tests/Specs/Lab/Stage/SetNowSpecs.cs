using System.Text.Json.Nodes;
using TinyResilient.Lab.Model;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Stage;

public class SetNowSpecs
{
    internal static JsonObject Knobs(params (string Name, JsonNode Value)[] knobs) => new(knobs.Select(knob =>
        KeyValuePair.Create(knob.Name, (JsonNode?)new JsonObject { ["value"] = knob.Value, ["default"] = 0, ["meaning"] = "…" })));

    internal static JsonArray Faults(string json = "[]") => JsonNode.Parse(json)!.AsArray();

    internal static SetNow Set(JsonObject? knobs = null, string faults = "[]", double rate = 50) => new(knobs ?? [], Faults(faults), new(rate, Lane.Both));

    static ModelSettings Model(SetNow set, double faultsAgeS = 0) =>
        ArmModel.Of(set.Arm(120, TimeSpan.FromSeconds(faultsAgeS)), Lane.Actor);

    [Fact]
    public void The_values_that_ServiceA_shows_are_those_of_the_model()
    {
        var model = Model(Set(Knobs(("FAILURE_RATE", 0.25), ("MAX_RETRIES", 3), ("JITTER", "equal"), ("IDEMPOTENCY", true), ("ACTOR_COOL_DOWN_SECONDS", 2))));
        Assert.Equal((0.25, 3, ModelJitter.Equal, true), (model.Faults.Error, model.Policy.Retries, model.Policy.Jitter, model.Pool.Idempotency));
        Assert.Equal((2, 50, 120), (model.Policy.Breaker!.CoolDown, model.Arrivals.Rate, model.Arrivals.Seconds));
    }

    [Theory]
    [InlineData(0, 10, 30)]
    [InlineData(15, -5, 15)]
    public void Faults_have_the_age_that_they_have(double ageS, double from, double until)
    {
        var stall = Model(Set(faults: """[{"kind":"stall","from_s":10,"for_s":20,"active":false}]"""), ageS).Faults.Stall!;
        Assert.Equal((from, until), (stall.From, stall.Until));
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("external")]
    [InlineData("needs_rest")]
    [InlineData("burst")]
    public void A_fault_that_stays_until_it_is_taken_away_does_not_end_by_itself_because_it_was_set_a_while_ago(string kind)
    {
        var arm = Set(faults: $$"""[{"kind":"{{kind}}","from_s":0,"for_s":null,"active":true}]""").Arm(120, TimeSpan.FromSeconds(0.7));
        Assert.Null(ArmModel.Lack(arm, Lane.Actor));
    }

    [Fact]
    public void A_fault_that_is_over_is_none() =>
        Assert.Equal(0.3, Model(Set(faults: """[{"kind":"outage","from_s":0,"for_s":20,"active":false}]""")).Faults.Error);

    [Fact]
    public void Words_differ_where_something_else_is_set_and_only_there()
    {
        var words = Set(Knobs(("SEED", 1), ("MAX_RETRIES", 2)), """[{"kind":"outage","for_s":20,"active":true}]""").Words;
        Assert.Equal(words, Set(Knobs(("SEED", 2), ("MAX_RETRIES", 2)), """[{"kind":"outage","for_s":20,"active":false}]""").Words);
        Assert.NotEqual(words, Set(Knobs(("SEED", 1), ("MAX_RETRIES", 3)), """[{"kind":"outage","for_s":20,"active":true}]""").Words);
        Assert.NotEqual(words, Set(Knobs(("SEED", 1), ("MAX_RETRIES", 2)), """[{"kind":"outage","for_s":21,"active":true}]""").Words);
        Assert.NotEqual(words, Set(Knobs(("SEED", 1), ("MAX_RETRIES", 2)), """[{"kind":"outage","for_s":20,"active":true}]""", rate: 51).Words);
    }
}
