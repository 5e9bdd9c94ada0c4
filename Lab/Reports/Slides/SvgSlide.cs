using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>
/// A chart as a slide: 1600 x 900, readable from the last row, without a script, a font file or anything else from outside.
/// The same chart gives the same text on every machine. What is missing is left out or said; nothing is invented for it.
/// </summary>
static class SvgSlide
{
    // A title is made smaller or broken into two lines, whatever keeps it largest. Only what is still too long in the last is cut.
    static readonly (double Size, int Lines)[] titles = [(48, 1), (44, 1), (48, 2), (44, 2), (40, 2), (36, 2)];

    public static string Of(Chart chart)
    {
        var svg = new Svg(Layout.Width, Layout.Height, chart.Title);
        var room = new Box(Layout.Edge, Title(svg, chart.Title), Layout.Width - Layout.Edge, Caption(svg, chart));
        switch (chart.Kind)
        {
            case ChartKind.Curves or ChartKind.Points:
                new CurvesDrawing(svg, chart, room).Draw();
                break;
            case ChartKind.Rows:
                new RowsDrawing(svg, chart, room).Draw();
                break;
            default:
                new SquareDrawing(svg, chart, room).Draw();
                break;
        }
        return svg.End();
    }

    /// <returns>Where the room below it begins.</returns>
    static double Title(Svg svg, string title)
    {
        const double Width = Layout.Width - 2 * Layout.Edge;
        var (size, most) = titles.FirstOrDefault(look => TextFit.Wrap(title, look.Size, Width, look.Lines + 1, isBold: true).Count <= look.Lines, titles[^1]);
        var foot = 30.0;
        foreach (var line in TextFit.WrapEvenly(title, size, Width, most, isBold: true))
            svg.Text(Layout.Edge, (foot += size * Layout.Leading) - 10, size, line, isBold: true);
        return foot + 22;
    }

    /// <returns>Where the room above it ends.</returns>
    static double Caption(Svg svg, Chart chart)
    {
        const double Pitch = Layout.SmallSize * Layout.Leading;
        List<string> lines = [.. Lines(Reading.Of(chart), 3), .. Lines(chart.Caption, 3)];
        var foot = Layout.Height - 22 - lines.Count * Pitch;
        foreach (var (number, line) in lines.Index())
            svg.Text(Layout.Edge, foot + (number + 1) * Pitch, Layout.SmallSize, line, colour: Svg.Muted);
        return foot - 8;

        static IReadOnlyList<string> Lines(string text, int most) =>
            TextFit.Wrap(text, Layout.SmallSize, Layout.Width - 2 * Layout.Edge, most);
    }
}
