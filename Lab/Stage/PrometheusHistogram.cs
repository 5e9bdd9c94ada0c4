using System.Globalization;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// A Prometheus histogram: how many were at most so long. Quantiles are interpolated within the bucket, as Prometheus' own
/// <c>histogram_quantile</c> does, so that stage and dashboard tell the same.
/// </summary>
/// <param name="Buckets">Upper bound in seconds and count, cumulative, ascending; the last bound is infinite.</param>
sealed record PrometheusHistogram(IReadOnlyList<(double Bound, double Count)> Buckets)
{
    /// <summary>The series of one histogram in a text of Prometheus; null where there is none.</summary>
    /// <param name="labels">All that its series must have, as they stand there: <c>lane="actor"</c>.</param>
    public static PrometheusHistogram? Read(string text, string family, params string[] labels)
    {
        var start = $"{family}_bucket{{";
        var buckets = new List<(double, double)>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(start, StringComparison.Ordinal))
                continue;
            var end = line.LastIndexOf('}');
            var series = line[start.Length..end].ToString().Split(',');
            if (labels.All(series.Contains) && series.FirstOrDefault(label => label.StartsWith("le=", StringComparison.Ordinal)) is { } bound)
                buckets.Add((Number(bound.AsSpan(4, bound.Length - 5)), Number(line[(end + 1)..])));
        }
        return buckets.Count == 0 ? null : new(buckets);
    }

    /// <summary>What has come since an earlier look; null where the count began anew.</summary>
    public PrometheusHistogram? Since(PrometheusHistogram earlier)
    {
        if (earlier.Buckets.Count != Buckets.Count)
            return null;
        var more = Buckets.Zip(earlier.Buckets, (now, before) => (now.Bound, Count: now.Count - before.Count)).ToList();
        return more.All(bucket => bucket.Count >= 0) ? new(more) : null;
    }

    /// <summary>In milliseconds; null where nothing was counted.</summary>
    /// <param name="q">From 0 to 1.</param>
    public double? Ms(double q)
    {
        var total = Buckets[^1].Count;
        if (total == 0)
            return null;
        var rank = q * total;
        var (lower, below) = (0.0, 0.0);
        foreach (var (bound, count) in Buckets)
        {
            // Beyond the last bound nothing is known but that bound
            if (double.IsPositiveInfinity(bound))
                return lower * 1000;
            if (count >= rank)
                return 1000 * (lower + (count == below ? bound - lower : (bound - lower) * (rank - below) / (count - below)));
            (lower, below) = (bound, count);
        }
        return lower * 1000;
    }

    static double Number(ReadOnlySpan<char> text) => text.Trim() is "+Inf" ? double.PositiveInfinity
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
