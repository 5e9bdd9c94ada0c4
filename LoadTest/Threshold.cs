using System.Globalization;
using System.Text.RegularExpressions;

namespace TinyResilient.LoadTest;

/// <summary>What became of a threshold.</summary>
/// <param name="Text">As the user wrote it.</param>
/// <param name="Met">A metric without a value meets nothing.</param>
/// <param name="Actual">In percent, milliseconds, or plain; null when the run gave no such
/// number.</param>
/// <param name="Unit">Of <paramref name="Actual"/>: <c>%</c>, <c>ms</c> or nothing.</param>
public sealed record Verdict(string Text, bool Met, double? Actual, string Unit);

/// <summary>
/// A limit for one metric of a run, such as <c>success>=95</c> or <c>p95&lt;300ms</c>.
/// </summary>
public sealed partial class Threshold
{
    static readonly Dictionary<string, (string Unit, Func<LoadResult, double?> Read)> Metrics = new()
    {
        ["success"] = ("%", r => r.Counts.SuccessPercent),
        ["refused"] = ("%", r => r.Counts.Percent(r.Counts.Refused)),
        ["failed"] = ("%", r => r.Counts.Percent(r.Counts.Total - r.Counts.Succeeded - r.Counts.Refused)),
        ["dropped"] = ("", r => r.Counts.Dropped),
        ["attempts"] = ("", r => r.Counts.AttemptsPerAnswer),
        ["rate"] = ("", r => r.AchievedRate),
        ["avg"] = ("ms", r => r.All?.AverageMs),
        ["p50"] = ("ms", r => r.All?.P50Ms),
        ["p95"] = ("ms", r => r.All?.P95Ms),
        ["p99"] = ("ms", r => r.All?.P99Ms),
        ["max"] = ("ms", r => r.All?.MaxMs),
        ["ok_avg"] = ("ms", r => r.Ok?.AverageMs),
        ["ok_p50"] = ("ms", r => r.Ok?.P50Ms),
        ["ok_p95"] = ("ms", r => r.Ok?.P95Ms),
        ["ok_p99"] = ("ms", r => r.Ok?.P99Ms),
        ["ok_max"] = ("ms", r => r.Ok?.MaxMs),
        ["lag_p99"] = ("ms", r => r.Lag?.P99Ms),
    };

    readonly string text;
    readonly string metric;
    readonly string comparison;
    readonly double limit;

    Threshold(string text, string metric, string comparison, double limit) =>
        (this.text, this.metric, this.comparison, this.limit) = (text, metric, comparison, limit);

    /// <summary>What a threshold may look like, for help and errors.</summary>
    public static string Allowed { get; } =
        "METRIC, one of < <= > >=, and a number (time in ms or s, shares in %); METRIC is one of "
        + string.Join(", ", Metrics.Keys);

    /// <summary>Reads one; null when it is not as <see cref="Allowed"/> says.</summary>
    public static Threshold? Read(string text)
    {
        var match = Shape().Match(text);
        var name = match.Groups["metric"].Value;
        if (!match.Success || !Metrics.TryGetValue(name, out var metric))
        {
            return null;
        }

        var number = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var unit = match.Groups["unit"].Value;
        double? limit = unit switch
        {
            "s" when metric.Unit == "ms" => number * 1000,
            _ when unit == "" || unit == metric.Unit => number,
            _ => null,
        };
        return limit is { } value
            ? new(text.Trim(), name, match.Groups["comparison"].Value, value)
            : null;
    }

    /// <summary>Holds it against a run.</summary>
    public Verdict Judge(LoadResult result)
    {
        var (unit, read) = Metrics[metric];
        var actual = read(result);
        var met = comparison switch
        {
            "<" => actual < limit,
            "<=" => actual <= limit,
            ">" => actual > limit,
            _ => actual >= limit,
        };
        return new(text, met, actual, unit);
    }

    [GeneratedRegex(
        @"^\s*(?<metric>\w+)\s*(?<comparison>[<>]=?)\s*"
        + @"(?<number>\d+(\.\d+)?)\s*(?<unit>ms|s|%)?\s*$")]
    private static partial Regex Shape();
}
