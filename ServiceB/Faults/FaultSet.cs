namespace TinyResilient.ServiceB.Faults;

/// <summary>
/// The faults that are set, all by one PUT. Promises that what is drawn depends on seed, fault, request and attempt only;
/// a fault outside of its time, lane or worker does nothing. Asked from many threads at once; never blocks for long.
/// </summary>
public sealed class FaultSet
{
    public static readonly FaultSet None = new([], TimeSpan.Zero);

    readonly SetFault[] inOrder;
    readonly SetFault[] slowFirst;
    readonly bool hasStall;
    readonly TimeSpan since;

    /// <param name="faults">As they were put.</param>
    /// <param name="since">When they were put, on the process's monotonic clock, as all times here.</param>
    public FaultSet(IReadOnlyList<Fault> faults, TimeSpan since)
    {
        this.since = since;
        inOrder = [.. faults.Select(fault => new SetFault(fault))];
        hasStall = faults.Any(fault => fault.Kind == FaultKind.Stall);
        // What an attempt takes is settled before a fault can cut it short
        slowFirst = [.. inOrder.OrderBy(one => one.Fault.Kind != FaultKind.Slow)];
    }

    public IEnumerable<(Fault Fault, bool IsActive)> Shown(TimeSpan now) =>
        inOrder.Select(one => (one.Fault, one.Fault.IsActive(now - since)));

    /// <summary>What the active faults make of an attempt that starts now.</summary>
    public WorkPlan Strike(WorkPlan plan, Attempt attempt, TimeSpan now)
    {
        foreach (var one in slowFirst)
            if (one.Fault.Covers(attempt.Lane, attempt.Worker) && one.Fault.IsActive(now - since))
                plan = one.Strike(plan, attempt, now - since);
        return plan;
    }

    /// <summary>Whether nothing may start or finish in this lane now.</summary>
    public bool IsStalled(string lane, TimeSpan now) => hasStall && Active(FaultKind.Stall, lane, now).Any();

    /// <summary>How long until the next stall of this lane is over; null where none is to come.</summary>
    public TimeSpan? StallEnds(string lane, TimeSpan now) => inOrder
        .Where(one => one.Fault is { Kind: FaultKind.Stall, ForSeconds: not null } && one.Fault.CoversLane(lane))
        .Select(one => (TimeSpan?)(since + TimeSpan.FromSeconds(one.Fault.FromSeconds + one.Fault.ForSeconds!.Value) - now))
        .Where(left => left > TimeSpan.Zero)
        .Min();

    /// <summary>The fault that makes a worker's constructor fail now, or null.</summary>
    public Fault? BreaksConstructor(string lane, int worker, long seed, TimeSpan now) =>
        Active(FaultKind.CrashLoop, lane, now)
            .FirstOrDefault(one => one.Fault.Covers(lane, worker) && one.BreaksConstructor(lane, seed))?.Fault;

    /// <summary>Whether a worker whose constructor has failed stays stopped.</summary>
    public bool StopsBroken(string lane, int worker, TimeSpan now) => Active(FaultKind.CrashLoop, lane, now)
        .Any(one => one.Fault.Covers(lane, worker) && one.Fault.Directive == LoopDirective.Stop);

    /// <summary>The fault that has spoilt the store of this worker, or null.</summary>
    public Fault? SpoiltStore(string lane, int worker) =>
        inOrder.FirstOrDefault(one => one.HasSpoilt(lane, worker))?.Fault;

    IEnumerable<SetFault> Active(FaultKind kind, string lane, TimeSpan now) => inOrder.Where(one =>
        one.Fault.Kind == kind && one.Fault.CoversLane(lane) && one.Fault.IsActive(now - since));
}
