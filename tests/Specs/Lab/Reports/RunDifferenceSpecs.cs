using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Results;
using Xunit;

namespace Specs.Lab.Reports;

public class RunDifferenceSpecs
{
    const string Nothing = "Nothing moved beyond noise.|";
    const string OneSeed = "One seed does not show how attempts and p99 scatter: they were not compared.|";

    [Fact]
    public void A_run_does_not_differ_from_itself() => Assert.Equal(Nothing + OneSeed, Text(Runs.Result, Runs.Result));

    [Fact]
    public void Two_clocks_are_named_before_anything_else() => Assert.StartsWith(
        "The first run is of real time: processes on the clock of this machine.|The second is of virtual time: the services' own code on a clock that "
        + "jumps; the same seeds give the same numbers.|What moved may be the difference between the two clocks.|" + Nothing,
        Text(Runs.Result, Runs.Result with { Clock = Clock.Virtual }), StringComparison.Ordinal);

    [Fact]
    public void The_same_run_again_moves_nothing() =>
        Assert.Equal(Nothing, Text(Of(Arm("a", 0.70, 0.71, 0.69)), Of(Arm("a", 0.71, 0.70, 0.72))));

    [Fact]
    public void Another_probability_moves_success_and_attempts_and_both_are_named() => Assert.Equal(
        "errors was run with f=0.3, then with f=0.1|errors, a, lane actor: success, % 70 -> 90|errors, a, lane actor: attempts per request 1.3 -> 1.1|",
        Text(Of(Arm("a", 0.70, 0.701, 0.699)), Of("0.1", Arm("a", 0.90, 0.901, 0.899))));

    [Theory]
    [InlineData(0.70, 0.75, true)]
    [InlineData(0.70, 0.90, false)]
    public void One_seed_is_judged_by_its_requests(double before, double after, bool isNoise) => Assert.Equal(
        isNoise ? Nothing + OneSeed : $"errors, a, lane actor: success, % 70 -> 90|{OneSeed}", Text(Of(Arm("a", before)), Of(Arm("a", after))));

    [Fact]
    public void One_seed_whose_success_falls_as_it_goes_scatters_as_its_parts_do()
    {
        double[] falling = [.. Enumerable.Range(0, 40).Select(slice => 1 - slice / 40.0)];
        Assert.Equal(Nothing + OneSeed, Text(Of(Arm("a", 0.5) is var one ? With(one, falling) : one), Of(With(Arm("a", 0.7), falling))));
    }

    [Fact]
    public void What_only_one_run_has_is_named() => Assert.Equal(
        "errors, b: only in the first run|burst: only in the second run|errors, c: only in the second run|" + Nothing + OneSeed,
        Text(Of(Arm("a", 0.7), Arm("b", 0.7)), Of(Arm("a", 0.7), Arm("c", 0.7)) is var other
            ? other with { Scenarios = [other.Scenarios[0] with { Name = "burst" }, .. other.Scenarios] } : other));

    [Fact]
    public void A_claim_that_is_judged_otherwise_is_named()
    {
        Claim claim = new("success, a, actor (percent)", 70, 70, 65, 75, Judgement.Holds);
        Assert.Equal(
            Nothing + "errors: success, a, actor (percent): holds -> fails, 70 -> 52.1|" + OneSeed,
            Text(Claiming(claim), Claiming(claim with { Measured = 52.1, Judgement = Judgement.Fails })));
        static RunResult Claiming(Claim claim) => Of(Arm("a", 0.7)) is var run
            ? run with { Scenarios = [run.Scenarios[0] with { Claims = [claim] }] } : run;
    }

    static string Text(RunResult before, RunResult after) => RunDifference.Text(before, after).ReplaceLineEndings("|");

    static RunResult Of(params ArmResult[] arms) => Of("0.3", arms);

    static RunResult Of(string f, params ArmResult[] arms) => Runs.Result with
    {
        Scenarios = [Runs.Result.Scenarios[1] with { Arms = arms, Parameters = new Dictionary<string, string> { ["f"] = f } }],
    };

    static ArmResult Arm(string name, params double[] success) => new(name, "", [.. success.Select((one, index) => new LaneRun("actor", index + 1,
        new Dictionary<string, double> { [Measure.Requests] = 500, [Measure.Success] = one, [Measure.Attempts] = 2 - one },
        [.. Enumerable.Repeat(one, 40)], "", null))]);

    static ArmResult With(ArmResult arm, IReadOnlyList<double> curve) => arm with { Runs = [arm.Runs[0] with { Curve = curve }] };
}
