namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario burst: errors come in bursts, a chain of two states. A burst lasts B seconds in the mean, the gap between
/// two G; attempts fail with f1 in a burst, f0 in a gap. Source: Gilbert, Capacity of a Burst-Noise Channel, Bell
/// System Technical Journal 39 (1960); Elliott 1963.
/// </summary>
/// <param name="Good">f0.</param>
/// <param name="Bad">f1.</param>
/// <param name="Mean">B, seconds.</param>
/// <param name="Gap">G, seconds.</param>
sealed record Burst(double Good, double Bad, double Mean, double Gap)
{
    /// <summary>Share of the time in bursts: p = B / (B + G).</summary>
    public double Share => Mean / (Mean + Gap);

    /// <summary>Probability that an attempt at any time fails: p f1 + (1 - p) f0. Independent errors of this size are
    /// the flat line that flatters retries.</summary>
    public double Failure => FailureAt(Share);

    /// <summary>P(burst at t + d given a burst at t) = p + (1 - p) e^(-d (1/B + 1/G)).</summary>
    /// <param name="pause">d, seconds.</param>
    public double Stays(double pause) => After(1, pause);

    /// <summary>
    /// Success of the first attempt and of each retry, given that all before it failed. A failure makes it likely that
    /// this is a burst, by Bayes' rule; the pause lets the burst end.
    /// </summary>
    /// <param name="pauses">Seconds from the start of one attempt to the start of the next.</param>
    public double[] Attempts(params double[] pauses)
    {
        var success = new double[pauses.Length + 1];
        var bad = Share;
        for (var attempt = 0; attempt < success.Length; attempt++)
        {
            if (attempt > 0) bad = After(bad * Bad / FailureAt(bad), pauses[attempt - 1]);
            success[attempt] = 1 - FailureAt(bad);
        }

        return success;
    }

    /// <summary>Success of a request with retries after these pauses: 1 less the product of all failures.</summary>
    public double Success(params double[] pauses) => 1 - Attempts(pauses).Aggregate(1.0, (all, one) => all * (1 - one));

    /// <summary>What independent errors of the same mean would promise: 1 - f^n.</summary>
    public double IndependentSuccess(int attempts) => Errors.Success(Failure, attempts);

    double FailureAt(double bad) => bad * Bad + (1 - bad) * Good;

    double After(double bad, double pause) => Share + (bad - Share) * Math.Exp(-pause * (1 / Mean + 1 / Gap));
}
