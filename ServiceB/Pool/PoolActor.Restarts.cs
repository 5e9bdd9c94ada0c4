using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

// What a pool can tell of its workers' failures and restarts: how many, why, and how long one takes.
public sealed partial class PoolActor
{
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
