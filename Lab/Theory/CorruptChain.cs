namespace TinyResilient.Lab.Theory;

/// <summary>
/// Success of each request while requests corrupt the state of their workers: the exact Markov chain over the number
/// of corrupt workers (state s of W). One attempt meets a corrupt worker with probability s/W and fails, which heals
/// the worker where it is restarted; otherwise it succeeds, and corrupts its worker with probability q. Every attempt
/// counts as meeting any of the workers alike: under longest-idle dispatch the pause before a retry lets other requests
/// turn the queue, and a simulation of that dispatch agrees within 0.1 points. Source: our own derivation.
/// </summary>
static class CorruptChain
{
    /// <summary>Probability that a request succeeds; the first entry is the first request.</summary>
    /// <param name="workers">W, all in order at the start; load is so light that one is always idle.</param>
    /// <param name="q">Probability that a successful attempt corrupts its worker.</param>
    /// <param name="retries">How often a failed attempt is repeated, 0 to 10.</param>
    /// <param name="restart">Whether a worker that fails starts again with clean state.</param>
    /// <param name="requests">Length of the answer.</param>
    public static double[] Success(int workers, double q, int retries, bool restart, int requests)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(retries);
        var success = new double[requests];
        var corrupt = new double[workers + 1];
        corrupt[0] = 1;
        for (var request = 0; request < requests; request++)
            (success[request], corrupt) = Request(corrupt, q, retries, restart);
        return success;
    }

    static (double Success, double[] Corrupt) Request(double[] before, double q, int retries, bool restart)
    {
        var workers = before.Length - 1;
        var after = new double[workers + 1];
        var success = 0.0;
        for (var attempt = 0; attempt <= retries; attempt++)
        {
            var failed = new double[workers + 1];
            for (var s = 0; s <= workers; s++)
            {
                var fails = before[s] * s / workers;
                var succeeds = before[s] - fails;
                success += succeeds;
                after[s] += succeeds * (1 - q);
                if (s < workers) after[s + 1] += succeeds * q;
                if (s > 0) failed[restart ? s - 1 : s] += fails;
            }

            before = failed;
        }

        for (var s = 0; s <= workers; s++)
            after[s] += before[s];
        return (success, after);
    }
}
