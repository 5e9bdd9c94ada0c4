using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Running;

/// <summary>What is to be run.</summary>
/// <param name="Seeds">Each arm runs once for each.</param>
/// <param name="Benches">So many arms run at the same time, each on services of its own, where the scenario lets them.</param>
/// <param name="IsExact">In virtual time: what runs beside an arm changes nothing in it.</param>
sealed record RunPlan(
    IReadOnlyList<(Scenario Scenario, Values Values)> Scenarios, IReadOnlyList<long> Seeds, int Benches, bool IsExact = false)
{
    // Measured on two cores: services start, each ServiceB takes longer; they are warmed up; an arm is set up and its books are read.
    const double StartS = 2, NodeS = 0.8, WarmUpS = 2, ArmS = 0.9;

    // The pauses of .NET's standard pipeline begin with 2 s: its last answers come that long after the load.
    const double StandardDrainS = 8;

    /// <summary>How long it will take, in seconds, about.</summary>
    public double EstimateS => Scenarios
        .Select((one, index) => EstimateOf(one.Scenario, one.Values)
            + (index > 0 && BenchesOf(Scenarios[index - 1].Scenario) == BenchesOf(one.Scenario) ? 0 : StartOf(BenchesOf(one.Scenario))))
        .Sum();

    /// <summary>The benches on which the arms of a scenario run, and how many ServiceB each has.</summary>
    public (int Count, int Nodes) BenchesOf(Scenario scenario) => (scenario.RunsAlone && !IsExact ? 1 : Benches, scenario.Nodes);

    /// <summary>Arms with their seeds, in the order in which benches take them.</summary>
    public IEnumerable<(long Seed, int SeedNumber, Arm Arm)> Work(IReadOnlyList<Arm> arms) =>
        from seed in Seeds.Select((seed, index) => (Value: seed, Number: index + 1))
        from arm in arms
        select (seed.Value, seed.Number, arm);

    double EstimateOf(Scenario scenario, Values values)
    {
        var benches = new double[BenchesOf(scenario).Count];
        foreach (var (_, _, arm) in Work(scenario.Arms(values)))
            benches[Array.IndexOf(benches, benches.Min())] += LengthOf(arm);
        var capacity = scenario.Capacity(values) is { } one ? LengthOf(one) : 0;
        return capacity + benches.Max();
    }

    // Services are kept for as long as the next scenario needs the same.
    static double StartOf((int Count, int Nodes) benches) => StartS + NodeS * benches.Count * benches.Nodes + WarmUpS;

    static double LengthOf(Arm arm) => arm.Seconds + ArmS + (arm.Knobs.GetValueOrDefault("HTTP_PIPELINE") is "standard" ? StandardDrainS : 0);
}
