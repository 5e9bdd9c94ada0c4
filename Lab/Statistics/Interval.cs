namespace TinyResilient.Lab.Statistics;

/// <summary>Where a true value lies, with the confidence that went in. Both ends belong to it.</summary>
readonly record struct Interval(double Low, double High)
{
    public double Width => High - Low;

    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>Whether the two have a value in common.</summary>
    public bool Meets(Interval other) => Low <= other.High && other.Low <= High;

    /// <summary>
    /// The probability behind counted successes, where trials are independent. Right for few trials and near 0 and 1
    /// too: Wilson, Probable Inference, JASA 22 (1927); Brown, Cai and DasGupta, Statistical Science 16 (2001).
    /// </summary>
    /// <param name="successes">0 to n.</param>
    /// <param name="n">Trials; 0 says nothing, and gives 0 to 1.</param>
    /// <param name="z">Standard deviations to either side, as from <see cref="Confidence.Z"/>.</param>
    public static Interval Wilson(long successes, long n, double z)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, n);
        if (n == 0) return new(0, 1);
        var share = (double)successes / n;
        var room = 1 + z * z / n;
        var centre = (share + z * z / (2 * n)) / room;
        var half = z / room * Math.Sqrt(share * (1 - share) / n + z * z / (4.0 * n * n));
        return new(successes == 0 ? 0 : centre - half, successes == n ? 1 : centre + half);
    }

    /// <summary>The mean behind a mean of n runs whose scatter is known: mean -+ z sd / sqrt n.</summary>
    public static Interval OfMean(double mean, double knownDeviation, int n, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var half = Confidence.Z(confidence) * knownDeviation / Math.Sqrt(n);
        return new(mean - half, mean + half);
    }

    /// <summary>The mean behind two or more runs, scatter estimated from themselves: mean -+ t sd / sqrt n.</summary>
    public static Interval OfMean(IReadOnlyList<double> runs, double confidence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(runs.Count, 2);
        var mean = Sample.Mean(runs);
        var half = StudentT.TwoSided(confidence, runs.Count - 1) * Sample.Deviation(runs) / Math.Sqrt(runs.Count);
        return new(mean - half, mean + half);
    }
}
