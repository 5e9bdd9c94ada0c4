using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

// A worker fails and is restarted; and what the pool can tell of that: how often, why, how long it took.
public sealed partial class PoolActor
{
    void Mourn(WorkerActor.Dying dying)
    {
        if (crew.Find(dying.Number, Sender) is { Job: { } job } worker)
            EndWithoutAWord(worker, job, dying.Fault);
    }

    void Return(WorkerActor.Restarted restarted)
    {
        if (crew.Find(restarted.Number, Sender) is not { } worker)
            return;
        books.Restarted();
        crew.Examine(worker, StoreOf(worker));
        RestAfter(knobs.RestartBackoff, worker);
    }

    static void Count(CrewMember worker, WorkOutcome outcome)
    {
        if (outcome != WorkOutcome.Completed)
            worker.Failures++;
    }

    /// <summary>The worker takes no work until it has been restarted.</summary>
    void Restart(CrewMember worker, RestartCause cause)
    {
        worker.RestartCause = cause is RestartCause.Failed or RestartCause.Crashed && worker.Health.Sickness is not null
            ? RestartCause.Corrupt : cause;
        worker.FailedAt = time.GetTimestamp();
        crew.Restart(worker);
    }

    /// <summary>The worker can take work: where it was restarted, that is over now.</summary>
    void Measure(CrewMember worker)
    {
        if (worker.FailedAt is { } at)
            (worker.RestartMs, worker.FailedAt) = (time.GetElapsedTime(at).TotalMilliseconds, null);
    }
}
