namespace TinyResilient.LoadTest;

/// <summary>
/// What independent failures should give, from the knobs alone. It holds for errors and latency as
/// the knobs set them; correlated faults, a full queue or a sick worker are not in it, and finding
/// that out is the point of a run.
/// </summary>
public static class Theory
{
    const long ExactUpTo = 1_000_000;

    /// <summary>
    /// Probability that one attempt fails or comes too late: 1 - (1 - rate) P(base + U(0, extra)
    /// &lt; timeout), as an attempt is lost when it errs, or when its uniform delay outlasts the
    /// timeout, and the two are independent.
    /// </summary>
    /// <param name="failureRate">0 to 1.</param>
    /// <param name="baseMs">Shortest latency, milliseconds.</param>
    /// <param name="extraMs">Upper bound of the uniform delay on top, milliseconds.</param>
    /// <param name="timeoutMs">Limit of one attempt, milliseconds.</param>
    public static double AttemptFailure(
        double failureRate, double baseMs, double extraMs, double timeoutMs)
    {
        var room = timeoutMs - baseMs;
        var inTime = extraMs > 0 ? Math.Clamp(room / extraMs, 0, 1) : room > 0 ? 1 : 0;
        return 1 - (1 - failureRate) * inTime;
    }

    /// <summary>Probability that one of n independent attempts succeeds: 1 - f^n.</summary>
    public static double Success(double f, int attempts) => 1 - Math.Pow(f, attempts);

    /// <summary>
    /// Mean attempts when each failure but the last is retried: 1 + f + ... + f^(n-1).
    /// </summary>
    public static double AttemptsPerRequest(double f, int attempts) =>
        Enumerable.Range(0, attempts).Sum(i => Math.Pow(f, i));

    /// <summary>
    /// Probability that among so many independent attempts there is a run of <paramref
    /// name="threshold"/> failures, which opens a breaker of consecutive failures. Without such a
    /// run q(m) = q(m-1) - (1-f) f^N q(m-N-1), q = 1 below N, q(N) = 1 - f^N: Feller, An
    /// Introduction to Probability Theory and Its Applications I, XIII.7.
    /// </summary>
    public static double TripChance(double f, int threshold, long attempts)
    {
        var run = Math.Pow(f, threshold);
        var last = new Queue<double>(Enumerable.Repeat(1.0, threshold));
        var none = 1.0;
        for (long m = threshold; m <= Math.Min(attempts, ExactUpTo); m++)
        {
            none -= m == threshold ? run : (1 - f) * run * last.Dequeue();
            last.Enqueue(none);
        }

        // Far out it decays by the same factor with every attempt
        return 1 - (attempts > ExactUpTo ? Math.Pow(none, (double)attempts / ExactUpTo) : none);
    }
}
