namespace TinyResilient.ServiceB.Faults;

/// <summary>What a pool is told of a worker's health, to show it.</summary>
/// <param name="Sickness">Name of the fault that has spoilt it, or null: it is well.</param>
/// <param name="WellAt">When it is well again if it is left alone until then.</param>
public readonly record struct SickNote(string? Sickness, TimeSpan WellAt);

/// <summary>
/// What a fault can spoil in one worker. Lives in the worker object itself: a worker that is made anew is well, one that
/// lives on is as sick as before.
/// </summary>
public sealed class WorkerHealth
{
    /// <summary>The fault that has spoilt this worker, or null: it is well.</summary>
    public Fault? Sickness { get; private set; }

    /// <summary>When it is well again if it is left alone until then; only <c>needs_rest</c> knows such a time.</summary>
    public TimeSpan WellAt { get; private set; } = TimeSpan.MaxValue;

    /// <summary>What becomes of the plan for an attempt that starts now, and of this worker by it.</summary>
    public WorkPlan Meet(WorkPlan plan, TimeSpan now)
    {
        if (now >= WellAt)
            Sickness = null;
        if (Sickness is { } sickness)
            plan = plan.Hit(sickness, sickness.Kind == FaultKind.Silent ? Ending.FailedQuietly : Ending.Failed);
        Sickness ??= plan.Spoils; // the attempt that spoils still succeeds
        WellAt = Sickness is { Kind: FaultKind.NeedsRest } tired
            ? now + plan.Duration + TimeSpan.FromSeconds(tired.IdleSeconds)
            : TimeSpan.MaxValue;
        return plan;
    }

    /// <param name="store">The fault that has spoilt what this worker needs and does not hold itself, or null.</param>
    public SickNote NoteWith(Fault? store) => new((Sickness ?? store)?.Name, store is null ? WellAt : TimeSpan.MaxValue);
}
