using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>Runs in which a service stood still: what happened then says more of the machine than of a policy.</summary>
static class Disturbance
{
    // A quarter of what an attempt may take, as it is set at first.
    const double LeastMs = 250;

    /// <summary>One line, or null where no service stood still for long.</summary>
    public static string? Of(ScenarioResult scenario)
    {
        var runs = (from arm in scenario.Arms
                    from run in arm.Runs
                    group run.Measures.GetValueOrDefault(Measure.Pause) by (Arm: arm.Name, run.Seed) into both
                    select (both.Key.Arm, both.Key.Seed, PauseMs: both.Max())).ToList();
        var disturbed = runs.Where(run => run.PauseMs >= LeastMs).ToList();
        if (disturbed.Count == 0)
            return null;
        var worst = disturbed.MaxBy(run => run.PauseMs);
        return $"the machine was disturbed: in {disturbed.Count} of {runs.Count} runs a service stood still for {Numbers.Duration(LeastMs)} or longer, "
            + $"at most {Numbers.Duration(worst.PauseMs)} ({worst.Arm}, seed {worst.Seed})";
    }
}
