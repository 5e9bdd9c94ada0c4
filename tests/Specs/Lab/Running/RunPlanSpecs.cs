using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Running;

public class RunPlanSpecs
{
    [Fact]
    public void Every_arm_runs_once_for_each_seed_seed_by_seed()
    {
        var plan = Plan("errors", seeds: 2, benches: 1);
        var arms = plan.Scenarios[0].Scenario.Arms(plan.Scenarios[0].Values);
        Assert.Equal(
            from seed in new[] { (7L, 1), (8L, 2) } from arm in arms select (seed.Item1, seed.Item2, arm.Name),
            plan.Work(arms).Select(one => (one.Seed, one.SeedNumber, one.Arm.Name)));
    }

    // On two cores errors at 6 s took 29 s, corrupt at 3 s took 26 s.
    [Theory]
    [InlineData("errors", 6, 29)]
    [InlineData("corrupt", 3, 26)]
    public void The_estimate_is_right_within_30_percent_of_what_was_measured(string scenario, int seconds, double tookS) =>
        Assert.InRange(Plan(scenario, 1, benches: 2, seconds).EstimateS, 0.7 * tookS, 1.3 * tookS);

    [Fact]
    public void Two_benches_halve_what_arms_take_and_not_the_start()
    {
        var (one, two) = (Plan("corrupt", 5, benches: 1, seconds: 100).EstimateS, Plan("corrupt", 5, benches: 2, seconds: 100).EstimateS);
        Assert.InRange(two / one, 0.5, 0.52);
    }

    [Theory]
    [InlineData("errors", 4, 1)]
    [InlineData("metastable", 1, 1)]
    [InlineData("one-bad-node", 1, 5)]
    [InlineData("node-death", 4, 1)]
    public void Where_milliseconds_decide_arms_run_one_at_a_time_however_many_benches_there_are(string scenario, int benches, int nodes)
    {
        var plan = Plan(scenario, 2, benches: 4);
        Assert.Equal((benches, nodes), plan.BenchesOf(plan.Scenarios[0].Scenario));
        Assert.Equal(benches == 1, plan.EstimateS == Plan(scenario, 2, benches: 1).EstimateS);
    }

    [Fact]
    public void The_quick_subset_takes_under_5_minutes_on_two_cores()
    {
        var quick = Catalogue.All.Where(scenario => scenario.IsQuick).Select(scenario => (scenario, Values.Of(scenario, [], []))).ToList();
        Assert.InRange(new RunPlan(quick, [1], Benches: 2).EstimateS, 60, 300);
    }

    [Fact]
    public void More_benches_than_arms_are_of_no_use() => Assert.True(
        Plan("errors", 1, benches: 16).EstimateS >= Plan("errors", 1, benches: 6).EstimateS);

    static RunPlan Plan(string name, int seeds, int benches, int seconds = 10)
    {
        var scenario = Catalogue.Find(name)!;
        return new([(scenario, Values.Of(scenario, [new("seconds", $"{seconds}")], []))], [.. Enumerable.Range(7, seeds).Select(seed => (long)seed)], benches);
    }
}
