namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario hang: an attempt never ends with probability h, and its worker is gone for good. Work goes to idle workers
/// only, so each attempt is as dangerous with two workers left as with two hundred: workers go at a constant rate until
/// those left cannot carry the load. Source: our own derivation.
/// </summary>
static class Hang
{
    /// <summary>
    /// Mean workers alive after k attempts that found an idle worker, exactly: E max(0, W - X), X binomial (k, h).
    /// </summary>
    public static double Alive(int workers, double probability, int attempts) =>
        Left(workers, probability, attempts).Select((chance, gone) => chance * (workers - gone)).Sum();

    /// <summary>Probability that any worker is alive after k attempts: P(X &lt; W).</summary>
    public static double AnyAlive(int workers, double probability, int attempts) =>
        Left(workers, probability, attempts).Sum();

    /// <summary>Seconds until half of the workers are gone in the mean: W / (2 lambda h).</summary>
    /// <param name="arrivals">lambda, attempts per second.</param>
    public static double HalfLife(int workers, double probability, double arrivals) =>
        workers / (2 * arrivals * probability);

    /// <summary>
    /// The same where work is dealt out blindly, round robin over the dead too: W ln 2 / (lambda h). Each worker dies
    /// by itself, and the share of requests that meet a dead one is lost.
    /// </summary>
    public static double HalfLifeDealtBlindly(int workers, double probability, double arrivals) =>
        workers * Math.Log(2) / (arrivals * probability);

    // P(X = 0), P(X = 1) ... up to W - 1
    static IEnumerable<double> Left(int workers, double probability, int attempts)
    {
        var chance = Math.Pow(1 - probability, attempts);
        for (var gone = 0; gone < workers && gone <= attempts; gone++)
        {
            yield return chance;
            chance *= (attempts - gone) / (gone + 1.0) * probability / (1 - probability);
        }
    }
}
