using System.Collections.Concurrent;
using System.Globalization;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Faults;

/// <summary>
/// One fault that is set, with what it keeps from attempt to attempt: a count, a timeline, and for <c>external</c> the
/// store outside of the workers. All of it goes when the fault goes.
/// </summary>
sealed class SetFault(Fault fault)
{
    readonly ConcurrentDictionary<(string Lane, int Worker), bool> store = [];
    readonly ConcurrentDictionary<string, long> made = [];
    BurstTimeline? timeline;
    long struck;

    public Fault Fault => fault;

    /// <param name="age">Time since the fault was set.</param>
    public WorkPlan Strike(WorkPlan plan, Attempt attempt, TimeSpan age) => fault.Kind switch
    {
        FaultKind.Error => HitIf(Fires(attempt), plan, Ending.Failed),
        FaultKind.Burst => HitIf(attempt.Drawn(fault.DrawName) < BurstRate(attempt.Seed, age), plan, Ending.Failed),
        FaultKind.Slow when Fires(attempt) => plan with
        {
            Duration = SlowLatency.Of(fault, attempt),
            Fault = plan.Fault ?? fault.Name,
        },
        FaultKind.Hang => HitIf(Fires(attempt), plan, Ending.Never),
        FaultKind.Crash => HitIf(Fires(attempt), plan, Ending.Crashed),
        FaultKind.Corrupt or FaultKind.Silent or FaultKind.NeedsRest when Fires(attempt) => Spoil(plan),
        FaultKind.External => Touch(plan, attempt),
        FaultKind.QueryOfDeath => HitIf(IsDeadly(attempt), plan, Ending.Crashed),
        FaultKind.AckLost => HitIf(Fires(attempt), plan, Ending.Unheard),
        FaultKind.Outage => plan.Hit(fault, Ending.Failed),
        FaultKind.FirstK => HitIf(Interlocked.Increment(ref struck) <= fault.K, plan, Ending.Failed),
        _ => plan,
    };

    /// <summary>Whether the constructor of the lane's next worker fails. Both lanes draw the same.</summary>
    public bool BreaksConstructor(string lane, long seed) =>
        Draw.Unit(seed, fault.DrawName, Number(made.AddOrUpdate(lane, 1, (_, n) => n + 1)), 0) < fault.Probability;

    /// <summary>Whether the store outside of the workers is spoilt for this one.</summary>
    public bool HasSpoilt(string lane, int worker) => store.ContainsKey((lane, worker));

    bool Fires(Attempt attempt) => attempt.Drawn(fault.DrawName) < fault.Probability;

    // Every attempt of a deadly request is deadly
    bool IsDeadly(Attempt attempt) => Draw.Unit(attempt.Seed, fault.DrawName, attempt.RequestId, 0) < fault.Share;

    WorkPlan HitIf(bool hits, WorkPlan plan, Ending ending) => hits ? plan.Hit(fault, ending) : plan;

    WorkPlan Spoil(WorkPlan plan) => plan with { Spoils = plan.Spoils ?? fault, Fault = plan.Fault ?? fault.Name };

    WorkPlan Touch(WorkPlan plan, Attempt attempt)
    {
        if (HasSpoilt(attempt.Lane, attempt.Worker)) return plan.Hit(fault, Ending.Failed);
        if (!Fires(attempt)) return plan;
        store[(attempt.Lane, attempt.Worker)] = true;
        return plan with { Fault = plan.Fault ?? fault.Name };
    }

    double BurstRate(long seed, TimeSpan age)
    {
        var now = Volatile.Read(ref timeline);
        if (now is null || now.Seed != seed)
            Volatile.Write(ref timeline, now = new BurstTimeline(seed, fault));
        return now.IsBad(age.TotalSeconds - fault.FromSeconds) ? fault.Bad : fault.Good;
    }

    static string Number(long n) => n.ToString(CultureInfo.InvariantCulture);
}
