namespace TinyResilient.Lab.Statistics;

/// <summary>What a handful of measured values say.</summary>
static class Sample
{
    public static double Mean(IReadOnlyList<double> values) => values.Average();

    /// <summary>Standard deviation estimated from the sample: divided by n - 1; 0 for one value.</summary>
    public static double Deviation(IReadOnlyList<double> values)
    {
        if (values.Count < 2) return 0;
        var mean = Mean(values);
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1));
    }

    /// <summary>
    /// The smallest value that at least this share of the sample does not exceed (nearest rank): always one that was
    /// measured, never one between two.
    /// </summary>
    /// <param name="sorted">In ascending order, not empty.</param>
    /// <param name="share">0 to 1; .95 is the 95th percentile.</param>
    public static double Percentile(IReadOnlyList<double> sorted, double share) =>
        sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count - 1e-9) - 1, 0, sorted.Count - 1)];
}
