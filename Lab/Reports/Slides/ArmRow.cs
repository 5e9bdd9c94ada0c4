using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>An arm with one cell for each lane; null where a lane has no such arm.</summary>
sealed record ArmRow(string Label, int Tone, IReadOnlyList<Series?> Cells)
{
    /// <summary>As series name them at their end: <c>retries, restarted, actor</c>.</summary>
    static readonly string[] lanes = ["actor", "http"];

    /// <summary>Pairs up lanes where every series names one; otherwise each series is a row, and there is no lane.</summary>
    public static (IReadOnlyList<string> Lanes, IReadOnlyList<ArmRow> Rows) Of(IReadOnlyList<Series> series)
    {
        var named = series.Select(one => (Series: one, Lane: lanes.FirstOrDefault(lane => one.Label.EndsWith($", {lane}", StringComparison.Ordinal))))
            .ToList();
        var present = lanes.Where(lane => named.Any(one => one.Lane == lane)).ToList();
        if (present.Count < 2 || named.Any(one => one.Lane is null))
            return ([], [.. series.Select(one => new ArmRow(one.Label, one.Tone, [one]))]);
        var rows = named.GroupBy(one => one.Series.Label[..^(one.Lane!.Length + 2)]).Select(arm => new ArmRow(arm.Key, arm.First().Series.Tone,
            [.. present.Select(lane => arm.FirstOrDefault(one => one.Lane == lane).Series)]));
        return (present, [.. rows]);
    }

    /// <summary>Without its lane.</summary>
    public static string NameOf(Series series) =>
        lanes.FirstOrDefault(lane => series.Label.EndsWith($", {lane}", StringComparison.Ordinal)) is { } lane
            ? series.Label[..^(lane.Length + 2)] : series.Label.Replace('|', ' ');

    public static Shape ShapeOf(int lane) => lane == 0 ? Shape.Circle : Shape.Square;
}
