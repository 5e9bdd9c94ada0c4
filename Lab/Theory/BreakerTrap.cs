namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario breaker-trap: a breaker of N consecutive failures in front of independent errors f. It opens though nothing
/// is down, and refuses what would have succeeded. Sources: mean length until a run, Feller, An Introduction to
/// Probability Theory I, XIII.7; the rest is renewal reward over one cycle of closed and open. Arrivals are Poisson.
/// </summary>
static class BreakerTrap
{
    /// <summary>Mean attempts until N fail in a row: E = (1 - f^N) / ((1 - f) f^N).</summary>
    public static double AttemptsToTrip(double f, int failures) =>
        (1 - Math.Pow(f, failures)) / ((1 - f) * Math.Pow(f, failures));

    /// <summary>
    /// Mean requests until it opens where the retries are inside of it, so that it counts requests: f becomes f^n.
    /// </summary>
    public static double RequestsToTripAround(double f, int attempts, int failures) =>
        AttemptsToTrip(Math.Pow(f, attempts), failures);

    /// <summary>Mean seconds closed: E attempts at lambda times the mean attempts of a request.</summary>
    public static double SecondsClosed(double f, int attempts, int failures, double arrivals) =>
        AttemptsToTrip(f, failures) / (arrivals * Errors.AttemptsPerRequest(f, attempts));

    /// <summary>
    /// Mean seconds open: the cool-down and the wait for the next arrival, the probe, repeated until a probe succeeds:
    /// (C + 1/lambda) / (1 - f).
    /// </summary>
    public static double SecondsOpen(double f, double coolDown, double arrivals) =>
        (coolDown + 1 / arrivals) / (1 - f);

    /// <summary>
    /// Share of all requests that succeed in the long run: (E (1 - f) + 1) / (lambda (closed + open)), the one being
    /// the probe. With retries it is about one request per cycle too high, the one that the trip cuts off.
    /// </summary>
    /// <param name="f">Failure probability of one attempt, above 0 and below 1.</param>
    /// <param name="attempts">Attempts of a request, each counted by the breaker; 1: no retries.</param>
    /// <param name="failures">N, in a row, that open it.</param>
    /// <param name="coolDown">C, seconds.</param>
    /// <param name="arrivals">lambda, requests per second.</param>
    public static double Success(double f, int attempts, int failures, double coolDown, double arrivals)
    {
        var cycle = SecondsClosed(f, attempts, failures, arrivals) + SecondsOpen(f, coolDown, arrivals);
        return (AttemptsToTrip(f, failures) * (1 - f) + 1) / (arrivals * cycle);
    }
}
