namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario errors: every attempt fails with probability f, independently of all others. The same formulas stand under
/// every load test's summary. Source: Brooker, Timeouts, retries and backoff with jitter (Amazon Builders' Library).
/// </summary>
static class Errors
{
    /// <summary>Probability that a request succeeds: 1 - f^n.</summary>
    /// <param name="f">0 to 1.</param>
    /// <param name="attempts">n, the first included.</param>
    public static double Success(double f, int attempts) => LoadTest.Theory.Success(f, attempts);

    /// <summary>Mean attempts of a request: (1 - f^n) / (1 - f), and n where f is 1.</summary>
    public static double AttemptsPerRequest(double f, int attempts) =>
        LoadTest.Theory.AttemptsPerRequest(f, attempts);

    /// <summary>Standard deviation of the attempts of one request: E A^2 is the sum of (2k + 1) f^k over k &lt; n.</summary>
    public static double AttemptsDeviation(double f, int attempts) => Math.Sqrt(Math.Max(0,
        Enumerable.Range(0, attempts).Sum(k => (2 * k + 1) * Math.Pow(f, k)) - Math.Pow(AttemptsPerRequest(f, attempts), 2)));
}
