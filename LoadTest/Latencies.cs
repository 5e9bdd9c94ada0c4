using HdrHistogram;

namespace TinyResilient.LoadTest;

/// <summary>What remains of many durations.</summary>
/// <param name="Samples">How many stand behind it; at least one.</param>
/// <param name="AverageMs">Exact.</param>
/// <param name="P50Ms">Nearest rank, within 0.1 %, as the other percentiles.</param>
/// <param name="P95Ms">See <paramref name="P50Ms"/>.</param>
/// <param name="P99Ms">See <paramref name="P50Ms"/>.</param>
/// <param name="MaxMs">Exact.</param>
public sealed record LatencySummary(
    long Samples, double AverageMs, double P50Ms, double P95Ms, double P99Ms, double MaxMs);

/// <summary>
/// Folds durations into a histogram of fixed size, so that a long run needs no more memory than a
/// short one.
/// </summary>
/// <param name="digits">Significant digits that percentiles keep.</param>
sealed class Latencies(int digits = 3)
{
    const long LongestMicroseconds = 3_600_000_000;

    readonly LongHistogram histogram = new(1, LongestMicroseconds, digits);
    double totalMs;
    double maxMs;

    public void Add(TimeSpan duration)
    {
        var ms = Math.Max(0, duration.TotalMilliseconds);
        totalMs += ms;
        maxMs = Math.Max(maxMs, ms);
        // The histogram throws above its range
        histogram.RecordValue(Math.Min((long)(ms * 1000), LongestMicroseconds));
    }

    /// <summary>Null when nothing was added: no number is better than a zero.</summary>
    public LatencySummary? Summary() => histogram.TotalCount == 0
        ? null
        : new(histogram.TotalCount, totalMs / histogram.TotalCount, At(50), At(95), At(99), maxMs);

    // Nearest rank: the least value that so many percent do not exceed. The histogram itself would
    // round the rank down. And a bucket's upper end may lie above the largest value in it.
    double At(int percentile)
    {
        var rank = Math.Ceiling(percentile * histogram.TotalCount / 100.0);
        var value = histogram.GetValueAtPercentile(100 * rank / histogram.TotalCount);
        return Math.Min(value / 1000.0, maxMs);
    }
}
