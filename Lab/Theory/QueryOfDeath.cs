namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario query-of-death: a share d of the requests crashes every worker that takes them. Retries spread the damage.
/// Source: Google SRE book, chapter 22; the count of the dead is Little's law.
/// </summary>
static class QueryOfDeath
{
    /// <summary>Mean workers down: d n lambda R, and at most all of them.</summary>
    /// <param name="share">d.</param>
    /// <param name="attempts">n; with a quarantine after k crashes the smaller of both.</param>
    /// <param name="arrivals">lambda, requests per second.</param>
    /// <param name="restart">R, seconds.</param>
    /// <param name="workers">W.</param>
    public static double WorkersDown(double share, int attempts, double arrivals, double restart, int workers) =>
        Math.Min(workers, share * attempts * arrivals * restart);
}
