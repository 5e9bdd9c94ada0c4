namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario crash: a worker throws with probability c per attempt and takes work again R seconds later. Sources: Gray,
/// Why Do Computers Stop, 1985; Candea et al., Microreboot, OSDI 2004.
/// </summary>
static class Crash
{
    /// <summary>Share of the time in which a worker takes work: MTTF / (MTTF + MTTR).</summary>
    public static double Availability(double meanTimeToFailure, double meanTimeToRepair) =>
        meanTimeToFailure / (meanTimeToFailure + meanTimeToRepair);

    /// <summary>Seconds between two crashes of one worker of W: W / (lambda c).</summary>
    public static double MeanTimeToFailure(int workers, double arrivals, double probability) =>
        workers / (arrivals * probability);

    /// <summary>
    /// Mean seconds until the caller has its outcome, over all requests with n attempts. A crash costs the service time
    /// where the worker answers before its restart, and the caller's whole timeout where it does not:
    /// (1 - c^n) s + cost (c + ... + c^n) + pause (c + ... + c^(n-1)).
    /// </summary>
    /// <param name="probability">c.</param>
    /// <param name="attempts">n.</param>
    /// <param name="service">s, mean seconds that work takes, crash or not.</param>
    /// <param name="timeout">Of one attempt, seconds.</param>
    /// <param name="pause">Mean seconds before a retry.</param>
    /// <param name="answers">ANSWER_BEFORE_RESTART.</param>
    public static double MeanLatency(
        double probability, int attempts, double service, double timeout, double pause, bool answers)
    {
        var crashes = Enumerable.Range(1, attempts).Sum(k => Math.Pow(probability, k));
        var last = Math.Pow(probability, attempts);
        return (1 - last) * service + crashes * (answers ? service : timeout) + (crashes - last) * pause;
    }
}
