namespace TinyResilient.Lab.Statistics;

/// <summary>
/// The normal distribution with mean 0 and standard deviation 1. Formulas: Abramowitz and Stegun, Handbook of
/// Mathematical Functions, 7.1.6 (series of erf) and 7.1.14 (continued fraction of erfc); accurate to about 1e-14 of
/// the value, in the lower tail too.
/// </summary>
static class Normal
{
    const double SeriesUpTo = 2.5;

    /// <summary>2/sqrt(pi) times the integral of e^(-t^2) from 0 to x.</summary>
    public static double Erf(double x) => x < 0 ? -Erf(-x) : x < SeriesUpTo ? Series(x) : 1 - Fraction(x);

    /// <summary>1 - erf x, exact where it is tiny.</summary>
    public static double Erfc(double x) => x < SeriesUpTo ? 1 - Erf(x) : Fraction(x);

    /// <summary>Height of the bell at x.</summary>
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Probability of a value up to x: erfc(-x / sqrt 2) / 2.</summary>
    public static double UpTo(double x) => Erfc(-x / Math.Sqrt(2)) / 2;

    /// <summary>
    /// The value that is not exceeded with probability p. Newton's method on log P, which from below never overshoots.
    /// </summary>
    /// <param name="p">Between 0 and 1, both excluded.</param>
    public static double Quantile(double p)
    {
        if (p is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "between 0 and 1");
        if (p > 0.5) return -Quantile(1 - p);
        if (p == 0.5) return 0;
        var x = -Math.Sqrt(-2 * Math.Log(p));
        for (var step = 1.0; Math.Abs(step) > 1e-14 * Math.Abs(x);)
        {
            var reached = UpTo(x);
            step = Math.Log(reached / p) * reached / Density(x);
            x -= step;
            if (step > 0) break; // past the root by rounding only
        }

        return x;
    }

    /// <summary>How many standard deviations to either side hold this share of all values: .95 gives 1.96.</summary>
    public static double TwoSided(double confidence) => -Quantile((1 - confidence) / 2);

    static double Series(double x)
    {
        var (sum, term) = (x, x);
        for (var n = 1; term > sum * 1e-17; n++)
            sum += term *= 2 * x * x / (2 * n + 1);
        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    static double Fraction(double x)
    {
        var tail = x;
        for (var n = 80; n >= 1; n--)
            tail = x + n / 2.0 / tail;
        return Math.Exp(-x * x) / Math.Sqrt(Math.PI) / tail;
    }
}
