using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Faults;

/// <summary>What will become of one attempt once a worker takes it.</summary>
/// <param name="Duration">How long the worker is busy; a failing attempt takes as long as it would have taken.</param>
/// <param name="Fault">Name of the fault that hits it, or null: the work succeeds.</param>
public readonly record struct WorkPlan(TimeSpan Duration, string? Fault);

/// <summary>
/// Decides the fate of an attempt. Promises that the same seed, request id and attempt always meet the same fate, in
/// either lane; never looks at a clock, a thread or an earlier decision.
/// </summary>
public static class FaultModel
{
    public const string Error = "error";

    // slide: fault model
    public static WorkPlan Plan(WorkKnobs knobs, string requestId, int attempt)
    {
        double Drawn(string name) =>
            Draw.Unit(knobs.Seed, name, requestId, attempt);

        var duration = knobs.BaseLatency
            + knobs.MaxLatency * Drawn("latency");
        var fails = Drawn(Error) < knobs.FailureRate;
        return new WorkPlan(duration, fails ? Error : null);
    }
    // end of slide
}
