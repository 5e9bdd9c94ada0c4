using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>
/// What became of the work of one pool: received = refused + expired + completed + failed + crashed + hung + waiting +
/// running. Of the completed, <c>Wasted</c> was done and nobody heard: nobody waited any more, or its answer got lost. Of the
/// crashed and hung, <c>Lost</c> was never answered. <c>Repeated</c> ended like another one of the same id, whose work it
/// shared (IDEMPOTENCY); it counts above as well, and has no effect of its own.
/// </summary>
public sealed record WorkLedger(
    long Received, long Refused, long Expired, long Completed, long Failed, long Crashed, long Hung,
    long Waiting, long Running, long Wasted, long Lost, long Repeated);

/// <summary>Work done once and done again, by request id.</summary>
public sealed record Effects(long Unique, long Duplicate);

/// <summary>
/// The books of one pool: ledger, effects and metrics, written in one place. Touched by its pool's handlers only, and
/// kept outside of the actor, so that nothing is forgotten should the pool itself be restarted.
/// </summary>
public sealed class WorkBooks(WorkMetrics metrics)
{
    readonly EffectsLedger effects = new();
    readonly long[] ended = new long[Enum.GetValues<WorkOutcome>().Length];
    long received, wasted, lost, repeated;

    public void Received() => received++;

    /// <summary>Notes the end of one piece of work.</summary>
    /// <param name="requestId">Id of its request.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="spent">What a worker spent on it, or zero.</param>
    /// <param name="heard">Whether the asker was still waiting.</param>
    /// <param name="answered">Whether the asker got an answer.</param>
    public void Ended(string requestId, WorkOutcome outcome, TimeSpan spent, bool heard, bool answered)
    {
        Count(outcome, spent, heard, answered);
        if (outcome == WorkOutcome.Completed)
            metrics.Effect(isDuplicate: effects.Done(requestId));
    }

    /// <summary>Notes the end of a piece of work that shared the work of another one with its id: no effect of its own.</summary>
    public void Repeated(WorkOutcome outcome, bool heard, bool answered)
    {
        repeated++;
        Count(outcome, TimeSpan.Zero, heard, answered);
    }

    void Count(WorkOutcome outcome, TimeSpan spent, bool heard, bool answered)
    {
        ended[(int)outcome]++;
        metrics.Ended(outcome, spent);
        if (outcome == WorkOutcome.Completed && !heard) wasted++;
        if (outcome != WorkOutcome.Completed && !answered) lost++;
    }

    public void Restarted() => metrics.Restarted();

    /// <summary>Shows what waits and what the workers do now.</summary>
    public void Show(int waiting, Func<WorkerState, int> workers) => metrics.Show(waiting, workers);

    public WorkLedger Ledger(int waiting, int running) => new(
        received, ended[(int)WorkOutcome.Busy] + ended[(int)WorkOutcome.Draining], ended[(int)WorkOutcome.Expired],
        ended[(int)WorkOutcome.Completed], ended[(int)WorkOutcome.Failed], ended[(int)WorkOutcome.Crashed],
        ended[(int)WorkOutcome.Hung], waiting, running, wasted, lost, repeated);

    public Effects Effects => new(effects.Unique, effects.Duplicate);

    /// <summary>Empties the books; what is still in the pool counts as received again, so that they balance.</summary>
    public void Reset(int inPool)
    {
        Array.Clear(ended);
        effects.Reset();
        (received, wasted, lost, repeated) = (inPool, 0, 0, 0);
    }
}
