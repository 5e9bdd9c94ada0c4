using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>
/// What became of the work of one pool: received = refused + expired + completed + failed + crashed + hung + waiting +
/// running. Of the completed, <c>Wasted</c> was done and nobody heard: nobody waited any more, or its answer got lost. Of the
/// crashed and hung, <c>Lost</c> was never answered.
/// </summary>
public sealed record WorkLedger(
    long Received, long Refused, long Expired, long Completed, long Failed, long Crashed, long Hung,
    long Waiting, long Running, long Wasted, long Lost);

/// <summary>Work done once and done again, by request id.</summary>
public sealed record Effects(long Unique, long Duplicate);

/// <summary>
/// The books of one pool: ledger, effects and metrics, written in one place. Touched by its pool's handlers only, and
/// kept outside of the actor, so that nothing is forgotten should the pool itself be restarted.
/// </summary>
public sealed class WorkBooks(string lane, WorkMetrics metrics)
{
    readonly EffectsLedger effects = new();
    readonly long[] ended = new long[Enum.GetValues<WorkOutcome>().Length];
    long received, wasted, lost;

    public void Received() => received++;

    /// <summary>Notes the end of one piece of work.</summary>
    /// <param name="requestId">Id of its request.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="spent">What a worker spent on it, or zero.</param>
    /// <param name="heard">Whether the asker was still waiting.</param>
    /// <param name="answered">Whether the asker got an answer.</param>
    public void Ended(string requestId, WorkOutcome outcome, TimeSpan spent, bool heard, bool answered)
    {
        ended[(int)outcome]++;
        metrics.Ended(lane, outcome, spent);
        if (outcome != WorkOutcome.Completed)
        {
            if (!answered) lost++;
            return;
        }
        if (!heard) wasted++;
        metrics.Effect(lane, duplicate: effects.Done(requestId));
    }

    public void Restarted() => metrics.Restarted(lane);

    /// <summary>Shows what waits and what the workers do now.</summary>
    public void Show(int waiting, Func<WorkerState, int> workers) => metrics.Show(lane, waiting, workers);

    public WorkLedger Ledger(int waiting, int running) => new(
        received, ended[(int)WorkOutcome.Busy] + ended[(int)WorkOutcome.Draining], ended[(int)WorkOutcome.Expired],
        ended[(int)WorkOutcome.Completed], ended[(int)WorkOutcome.Failed], ended[(int)WorkOutcome.Crashed],
        ended[(int)WorkOutcome.Hung], waiting, running, wasted, lost);

    public Effects Effects => new(effects.Unique, effects.Duplicate);

    /// <summary>Empties the books; what is still in the pool counts as received again, so that they balance.</summary>
    public void Reset(int inPool)
    {
        Array.Clear(ended);
        effects.Reset();
        (received, wasted, lost) = (inPool, 0, 0);
    }
}
