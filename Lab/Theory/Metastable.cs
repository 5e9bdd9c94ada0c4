namespace TinyResilient.Lab.Theory;

/// <summary>How a service stands towards a passing stall.</summary>
enum Stability
{
    /// <summary>Carries all requests even when all of them are retried.</summary>
    Stable,

    /// <summary>Carries the requests, but not their retries: a stall can leave it overloaded for ever.</summary>
    Vulnerable,

    /// <summary>Does not even carry the requests.</summary>
    Overloaded,
}

/// <summary>
/// Scenario metastable: what remains after the cause has gone. Sources: Bronson et al., Metastable Failures in
/// Distributed Systems, HotOS 2021; Huang et al., Metastable Failures in the Wild, OSDI 2022. Fluid limits: rates per
/// second, times in seconds, callers give up after TO, and what has begun is finished though nobody listens any more.
/// </summary>
static class Metastable
{
    /// <summary>Stable if n lambda &lt; mu, vulnerable if lambda &lt; mu.</summary>
    public static Stability Classify(double arrivals, double capacity, int attempts) =>
        arrivals * attempts < capacity ? Stability.Stable
        : arrivals < capacity ? Stability.Vulnerable
        : Stability.Overloaded;

    /// <summary>Requests per second up to which it is stable: mu / n.</summary>
    public static double Threshold(double capacity, int attempts) => capacity / attempts;

    /// <summary>
    /// What waits when a stall of D seconds ends: lambda (D + (D - TO - pause) + ...), one term for each attempt that
    /// was due by then.
    /// </summary>
    public static double Backlog(double arrivals, double stall, double timeout, double pause, int attempts) =>
        arrivals * Enumerable.Range(0, attempts).Sum(k => Math.Max(0, stall - k * (timeout + pause)));

    /// <summary>
    /// Seconds from the end of the stall until answers are in time again: (backlog - mu TO) / (mu - n lambda); infinite
    /// where n lambda is not below mu, 0 where the backlog is served within the timeout.
    /// </summary>
    public static double RecoverySeconds(
        double backlog, double arrivals, double capacity, double timeout, double attempts)
    {
        var excess = backlog - capacity * timeout;
        if (excess <= 0) return 0;
        return capacity > attempts * arrivals ? excess / (capacity - attempts * arrivals) : double.PositiveInfinity;
    }

    /// <summary>
    /// Requests per second below which a budget of r retries per request lets it recover: mu / (1 + r). A budget on
    /// successes lets no retry pass while nothing succeeds: mu itself.
    /// </summary>
    public static double ThresholdWithBudget(double capacity, double share, bool ofSuccesses) =>
        ofSuccesses ? capacity : capacity / (1 + share);

    /// <summary>Work that may wait and still be answered in time: K &lt; mu (TO - s).</summary>
    /// <param name="service">s, mean seconds that work takes.</param>
    public static double QueueBound(double capacity, double timeout, double service) => capacity * (timeout - service);
}
