using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Faults;

/// <summary>
/// How an attempt ends; of two that apply, the later one in this list wins: who crashes cannot answer, who hangs
/// cannot crash.
/// </summary>
public enum Ending
{
    /// <summary>The work is done and answered.</summary>
    Done,

    /// <summary>The work is done, the answer is not sent.</summary>
    Unheard,

    /// <summary>The worker hands back an error as a value: no supervisor hears of it.</summary>
    FailedQuietly,

    /// <summary>The worker fails, and its supervisor hears of it.</summary>
    Failed,

    /// <summary>The worker dies without a word.</summary>
    Crashed,

    /// <summary>The worker never ends.</summary>
    Never,
}

/// <summary>One attempt as a worker meets it.</summary>
public readonly record struct Attempt(string Lane, int Worker, string RequestId, int Number, long Seed)
{
    public double Drawn(string name) => Draw.Unit(Seed, name, RequestId, Number);
}

/// <summary>What will become of one attempt once a worker takes it.</summary>
/// <param name="Duration">How long the worker is busy; a failing attempt takes as long as it would have taken.</param>
/// <param name="Ending">How it ends.</param>
/// <param name="Fault">Name of the fault that hits it, or null.</param>
/// <param name="Spoils">The fault that spoils the worker's state with this attempt, or null.</param>
public readonly record struct WorkPlan(
    TimeSpan Duration, Ending Ending = Ending.Done, string? Fault = null, Fault? Spoils = null)
{
    public bool Throws => Ending is Ending.Failed or Ending.Crashed;

    /// <summary>The same, unless the fault ends it worse.</summary>
    public WorkPlan Hit(Fault by, Ending ending) => ending <= Ending
        ? this
        : this with { Duration = by.Fast ? TimeSpan.Zero : Duration, Ending = ending, Fault = by.Name };
}

/// <summary>
/// Decides the fate of an attempt before any fault is set. Promises that the same seed, request id and attempt always meet
/// the same fate, in either lane; never looks at a clock, a thread or an earlier decision.
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
        return Drawn(Error) < knobs.FailureRate
            ? new WorkPlan(duration, Ending.Failed, Error)
            : new WorkPlan(duration);
    }
    // end of slide
}
