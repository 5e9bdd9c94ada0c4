using System.Text.Json.Nodes;
using Specs.LoadTest;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;
using Xunit;

namespace Specs.Lab.Running;

public class RunSessionSpecs
{
    [Theory]
    [InlineData(nameof(Judgement.Holds), false, false, false, ExitCode.Ok)]
    [InlineData(nameof(Judgement.TooShort), false, false, false, ExitCode.Ok)]
    [InlineData(nameof(Judgement.Fails), false, false, false, ExitCode.Threshold)]
    [InlineData(nameof(Judgement.Fails), true, false, false, ExitCode.Failed)]
    [InlineData(nameof(Judgement.Holds), true, false, false, ExitCode.Failed)]
    [InlineData(nameof(Judgement.Fails), true, true, false, ExitCode.Interrupted)]
    [InlineData(nameof(Judgement.Holds), false, true, false, ExitCode.Interrupted)]
    [InlineData(nameof(Judgement.Holds), false, true, true, ExitCode.Failed)]
    [InlineData(nameof(Judgement.Fails), false, false, true, ExitCode.Failed)]
    public void The_exit_code_says_the_worst_that_is_known(
        string claim, bool isBroken, bool wasStopped, bool hasFailed, int code) =>
        Assert.Equal(code, RunSession.CodeOf(hasFailed, wasStopped, [Good, Good with
        {
            Claims = [new("a claim", 1, null, 0, 2, Enum.Parse<Judgement>(claim))],
            Problems = isBroken ? ["the books do not balance"] : [],
        }]));

    [Fact]
    public void A_run_without_a_scenario_is_no_failure_of_its_own() =>
        Assert.Equal(ExitCode.Interrupted, RunSession.CodeOf(hasFailed: false, wasStopped: true, []));

    [Fact]
    public void Books_that_do_not_balance_make_the_run_broken_whatever_its_claims_say()
    {
        var scenario = Catalogue.Find("errors")!;
        var values = TinyResilient.Lab.Scenarios.Values.Of(scenario, [new("rate", "1"), new("seconds", "1")], []);
        var runs = scenario.Arms(values).ToDictionary(arm => arm.Name, arm => Lane.Both.Select(lane => Closed(arm, lane)).ToList());

        var result = new Evidence(scenario, values, runs, [1]).Result();

        Assert.Contains("no retries, lane actor, seed 1: the books do not balance: requests: client counts 1, service-a 2", result.Problems);
        Assert.Equal(ExitCode.Failed, RunSession.CodeOf(hasFailed: false, wasStopped: false, [result]));
    }

    static ScenarioResult Good => new("errors", "S1", "", new Dictionary<string, string>(), new Dictionary<string, double>(), [], [], [], [], []);

    // ServiceA says that it got two requests; the client sent one.
    static LaneRun Closed(Arm arm, string lane)
    {
        var meter = new LaneMeter(lane, 1, arm)
        {
            Result = Samples.Fold(Samples.Taking(5, Samples.Ok)),
        };
        return meter.Close(new(Ledger("""
            {"requests":{"sent":2,"succeeded":2,"failed":0,"refused":0,"timed_out":0,"caller_gone":0,"in_flight":0},
             "attempts":{"sent":2,"refused":0,"expired":0,"completed":2,"failed":0,"crashed":0,"hung":0,"gone_with_node":0,"lost":0,"unsent":0,"in_flight":0}}
            """), [Ledger("""
            {"attempts":{"received":2,"refused":0,"expired":0,"completed":2,"failed":0,"crashed":0,"hung":0,"waiting":0,"running":0,"wasted":0,"lost":0},
             "effects":{"unique":2,"duplicate":0}}
            """)]), new([], []), kills: null);
    }

    static JsonObject Ledger(string text) => JsonNode.Parse(text)!.AsObject();
}
