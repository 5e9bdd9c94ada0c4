namespace TinyResilient.Lab.Statistics;

/// <summary>How sure one claim must be, so that all claims of a run hold together.</summary>
static class Confidence
{
    /// <summary>With which all claims of a run hold together.</summary>
    public const double OfARun = 0.999;

    /// <summary>
    /// 1 - (1 - together) / claims. It holds whether or not the claims depend on each other: Bonferroni's inequality,
    /// P(any fails) is at most the sum of P(each fails).
    /// </summary>
    /// <param name="together">Confidence wanted for all claims at once, between 0 and 1.</param>
    /// <param name="claims">How many, at least 1.</param>
    public static double PerClaim(double together, int claims)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(claims, 1);
        return 1 - (1 - together) / claims;
    }

    /// <summary>Standard deviations to either side that hold this share of a normal distribution.</summary>
    public static double Z(double confidence) => Normal.TwoSided(confidence);
}
