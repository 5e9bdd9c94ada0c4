using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>What stands below a plot: the name of its axis to the left, how to read its marks to the right.</summary>
static class Legend
{
    const double Key = 54;

    public static void Draw(Svg svg, Chart chart, double left, double right, double foot, string axis)
    {
        var entries = Entries(chart);
        var width = entries.Sum(entry => Key + 10 + TextFit.Width(entry, Layout.SmallSize) + 26) - 26;
        var room = right - left - width - 30;
        svg.Text(left, foot, Layout.LabelSize, TextFit.Cut(axis, Layout.LabelSize, Math.Max(200, room)));
        var x = right - width;
        foreach (var entry in entries)
        {
            Sign(svg, chart, entry, x, foot - 9);
            svg.Text(x + Key + 10, foot, Layout.SmallSize, entry, colour: Svg.Muted);
            x += Key + 10 + TextFit.Width(entry, Layout.SmallSize) + 26;
        }
    }

    /// <summary>In the middle of a plot without a single point.</summary>
    public static void DrawNoData(Svg svg, Box plot) =>
        svg.Text(plot.CentreX, plot.CentreY, 48, "no data", "middle", Svg.Muted);

    static List<string> Entries(Chart chart)
    {
        var measured = chart.Series.SelectMany(series => series.Measured).Where(point => double.IsFinite(point.Y)).ToList();
        var entries = new List<string>();
        entries.AddRange(chart.Series.Where(series => series.Theory.Count > 0).Select(series => series.Law).Distinct().Select(PredictedLook.Word).Distinct().Order());
        if (measured.Any(point => point.Low is not null))
            entries.Add(chart.Kind == ChartKind.Curves ? "band: 95 % over seeds" : "bar: 95 % over seeds");
        else if (measured.Count > 0)
            entries.Add("one seed: no interval");
        return entries;
    }

    static void Sign(Svg svg, Chart chart, string entry, double x, double y)
    {
        if (chart.Series.FirstOrDefault(series => series.Theory.Count > 0 && PredictedLook.Word(series.Law) == entry) is { } predicted)
            if (chart.Kind == ChartKind.Rows)
                svg.Mark(PredictedLook.Shape(predicted.Law), x + Key / 2, y, 11, "none", Svg.Ink, 2.5);
            else
                svg.Line(x, y, x + Key, y, Svg.Ink, 2.5, PredictedLook.Dash(predicted.Law));
        else if (entry.StartsWith("one", StringComparison.Ordinal))
            return;
        else if (chart.Kind == ChartKind.Curves)
            svg.Rectangle(new(x, y - 11, x + Key, y + 11), "#BBBBBB");
        else
            svg.Line(x, y, x + Key, y, Svg.Ink, 5);
    }
}
