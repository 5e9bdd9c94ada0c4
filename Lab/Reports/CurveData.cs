using System.Text.Json.Nodes;
using TinyResilient.Lab.Reports.Slides;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>
/// A chart as columns over one common axis, as uPlot takes them: null is a gap; "" stands where another line has a point and
/// this one goes on. The serializer escapes what could end a script.
/// </summary>
static class CurveData
{
    public static string Json(Chart chart)
    {
        var columns = chart.Series.SelectMany(Columns).ToList();
        var axis = columns.SelectMany(column => column.Points.Select(point => point.X)).Where(double.IsFinite).Distinct().Order().ToList();
        var data = new JsonObject
        {
            ["label_x"] = chart.LabelX,
            ["label_y"] = chart.LabelY,
            ["log_x"] = chart.LogX,
            ["max_y"] = chart.MaxY is { } max && double.IsFinite(max) ? max : null,
            ["series"] = new JsonArray([.. columns.Select(column => column.Look)]),
            ["data"] = new JsonArray([
                new JsonArray([.. axis.Select(x => (JsonNode)x)]),
                .. columns.Select(column => Values(column.Points, axis))]),
        };
        return data.ToJsonString();
    }

    static IEnumerable<(JsonObject Look, IReadOnlyList<(double X, double? Y)> Points)> Columns(Series series)
    {
        yield return (Look(series, "measured", series.Label), [.. series.Measured.Select(point => (point.X, (double?)point.Y))]);
        yield return (Look(series, "high", ""), [.. series.Measured.Select(point => (point.X, point.High))]);
        yield return (Look(series, "low", ""), [.. series.Measured.Select(point => (point.X, point.Low))]);
        yield return (Look(series, "theory", $"{series.Label}, {PredictedLook.Word(series.Law)}"), [.. series.Theory.Select(point => (point.X, (double?)point.Y))]);
    }

    static JsonObject Look(Series series, string kind, string label) => new()
    {
        ["kind"] = kind,
        ["label"] = label,
        ["colour"] = Tone.Of(series.Tone).Colour,
        ["dash"] = kind == "measured" ? Tone.Of(series.Tone).Dash : kind == "theory" ? PredictedLook.Dash(series.Law) : null,
    };

    static JsonArray Values(IReadOnlyList<(double X, double? Y)> points, List<double> axis)
    {
        var at = new Dictionary<double, double?>();
        foreach (var (x, y) in points)
            at[x] = y;
        return [.. axis.Select(x => !at.TryGetValue(x, out var y) ? (JsonNode?)"" : y is { } value && double.IsFinite(value) ? (JsonNode?)value : null)];
    }
}
