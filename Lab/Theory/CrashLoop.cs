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

    /// <summary>
    /// Probability that a request succeeds, for each in its turn, while crashed workers are stopped whose constructor fails: the chain over the
    /// workers that are left. With w of them a share min(1, w / (lambda s)) of the requests is served; of those served c crash.
    /// </summary>
    /// <param name="constructorFailure">p; 0: every worker comes back.</param>
    /// <param name="load">lambda s: requests per second times seconds of work for each.</param>
    /// <param name="requests">How many.</param>
    /// <param name="well">How many of them come before the fault.</param>
    public static double[] Success(int workers, double crash, double constructorFailure, double load, int requests, int well)
    {
        var left = new double[workers + 1]; // probability that so many are
        left[workers] = 1;
        var success = new double[requests];
        for (var request = 0; request < requests; request++)
        {
            var c = request < well ? 0 : crash;
            for (var w = 1; w <= workers; w++) // upwards: who has just come down is not served twice
            {
                var served = left[w] * Math.Min(1, w / load);
                success[request] += served * (1 - c);
                left[w] -= served * c * constructorFailure;
                left[w - 1] += served * c * constructorFailure;
            }
        }
        return success;
    }

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
