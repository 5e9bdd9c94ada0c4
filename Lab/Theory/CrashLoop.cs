namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario crash-loop: a worker that was restarted fails in its constructor. Akka's default stops it, and the pool
/// silently shrinks; an explicit restart loops as fast as it can; a backoff bounds the cost. Source: our own
/// derivation.
/// </summary>
static class CrashLoop
{
    /// <summary>Mean workers left after k attempts, each of which crashes its worker with c and, restarted, it fails in
    /// its constructor with p and is stopped: the chain of <see cref="Hang"/> with probability c p.</summary>
    public static double Alive(int workers, double crash, double constructorFailure, int attempts) =>
        Hang.Alive(workers, crash * constructorFailure, attempts);

    /// <summary>Constructor failures per second of one worker that loops: 1 / (construction + pause).</summary>
    /// <param name="construction">Seconds until the constructor throws.</param>
    /// <param name="pause">Seconds before it is tried again; 0: at full speed.</param>
    public static double FailuresPerSecond(double construction, double pause) => 1 / (construction + pause);

    /// <summary>Constructor failures within t seconds where the pause doubles from the least to the most.</summary>
    public static int FailuresWithin(double seconds, double construction, double leastPause, double mostPause)
    {
        var (failures, time, pause) = (0, construction, leastPause);
        while (time <= seconds)
        {
            failures++;
            time += pause + construction;
            pause = Math.Min(2 * pause, mostPause);
        }

        return failures;
    }
}
