using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>Runs in which a service stood still or was slow: what happened then says more of the machine than of a policy.</summary>
static class Disturbance
{
    // A quarter of what an attempt may take, as it is set at first.
    const double LongMs = 250;

    // Where all claims hold it is 2 to 4 ms, of which the system's own timers are most.
    const double LateMs = 5;

    /// <summary>One line, or null where the machine let all runs be.</summary>
    public static string? Of(ScenarioResult scenario)
    {
        string?[] found =
        [
            Worst(scenario, Measure.Pause, LongMs, least => $"a service stood still for {least} or longer"),
            Worst(scenario, Measure.Lateness, LateMs, least => $"a service's timer came {least} or more late on average"),
        ];
        return found.OfType<string>().ToList() is { Count: > 0 } all ? $"the machine was disturbed: {string.Join("; ", all)}" : null;
    }

    static string? Worst(ScenarioResult scenario, string measure, double leastMs, Func<string, string> words)
    {
        var runs = (from arm in scenario.Arms
                    from run in arm.Runs
                    group run.Measures.GetValueOrDefault(measure) by (Arm: arm.Name, run.Seed) into both
                    select (both.Key.Arm, both.Key.Seed, Ms: both.Max())).ToList();
        var disturbed = runs.Where(run => run.Ms >= leastMs).ToList();
        if (disturbed.Count == 0)
            return null;
        var worst = disturbed.MaxBy(run => run.Ms);
        return $"in {disturbed.Count} of {runs.Count} runs {words(Numbers.Duration(leastMs))}, "
            + $"at most {Numbers.Duration(worst.Ms)} ({worst.Arm}, seed {worst.Seed})";
    }
}
