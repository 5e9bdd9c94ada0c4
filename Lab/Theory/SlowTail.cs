using TinyResilient.Lab.Statistics;

namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario slow-tail: lognormal latency, half above the median, sigma the deviation of its logarithm. Source of
/// hedging: Dean and Barroso, The Tail at Scale, CACM 56(2), 2013.
/// </summary>
/// <param name="Median">Milliseconds, or any unit of time; the others follow it.</param>
/// <param name="Sigma">About 1 for a heavy tail.</param>
sealed record SlowTail(double Median, double Sigma)
{
    /// <summary>Probability of taking longer than t: S(t) = P(Z &gt; ln(t / median) / sigma).</summary>
    public double Survival(double time) => time <= 0 ? 1 : Normal.UpTo(-Math.Log(time / Median) / Sigma);

    /// <summary>The latency that a share p does not exceed: median e^(sigma z_p). A timeout here loses 1 - p.</summary>
    public double Quantile(double share) => Median * Math.Exp(Sigma * Normal.Quantile(share));

    /// <summary>
    /// Probability of taking longer than t where a second copy is sent after d and the first answer wins:
    /// S(t) S(t - d), S(t) until d. Load must be so light that the copy slows nobody down.
    /// </summary>
    public double HedgedSurvival(double time, double hedgeAfter) => Survival(time) * Survival(time - hedgeAfter);

    /// <summary>The hedged latency that a share p does not exceed, by halving the interval in which it lies.</summary>
    public double HedgedQuantile(double share, double hedgeAfter)
    {
        var (low, high) = (0.0, Quantile(share));
        for (var halvings = 0; halvings < 60; halvings++)
        {
            var middle = (low + high) / 2;
            if (HedgedSurvival(middle, hedgeAfter) > 1 - share) low = middle;
            else high = middle;
        }

        return high;
    }

    /// <summary>Share of the requests of which a second copy is sent: S(d).</summary>
    public double ExtraLoad(double hedgeAfter) => Survival(hedgeAfter);
}
