using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>The one sentence in a plot: a line at its place, and the words beside it where they hide least.</summary>
static class Note
{
    const double Size = 30;
    const double Pitch = Size * Layout.Leading;
    const double Gap = 34;

    /// <param name="drawn">Pixels that should stay free.</param>
    public static void Draw(Svg svg, ChartNote note, double x, Box plot, IReadOnlyList<(double X, double Y)> drawn)
    {
        var lines = TextFit.Wrap(note.Text, Size, Math.Min(430, plot.Width * 0.45), mostLines: 3);
        var width = lines.Max(line => TextFit.Width(line, Size)) + 16;
        var box = Place(x, width, lines.Count * Pitch + 12, plot, drawn);
        var isRight = box.Left >= x;
        svg.Line(x, plot.Top, x, plot.Bottom, Svg.Muted, 2, "3 7");
        svg.Line(x, box.CentreY, isRight ? box.Left : box.Right, box.CentreY, Svg.Ink, 2.5);
        svg.Circle(x, box.CentreY, 6, Svg.Ink, "none", 0);
        svg.Rectangle(box, "#FFFFFF", Svg.Muted, 1.5);
        foreach (var (number, line) in lines.Index())
            svg.Text(box.Left + 8, box.Top + (number + 1) * Pitch - 4, Size, line);
    }

    /// <summary>Beside the line, at the height at which it covers fewest of the drawn pixels; the topmost of equals.</summary>
    public static Box Place(double x, double width, double height, Box plot, IReadOnlyList<(double X, double Y)> drawn)
    {
        var candidates =
            from top in Enumerable.Range(0, 1 + (int)Math.Max(0, (plot.Height - height - 16) / 12)).Select(step => plot.Top + 8 + step * 12)
            from left in new[] { x + Gap, x - Gap - width }
            select new Box(left, top, left + width, top + height);
        return candidates.MinBy(box => Covered(box, drawn) + 1e6 * (Math.Max(0, plot.Left - box.Left) + Math.Max(0, box.Right - plot.Right)));
    }

    static int Covered(Box box, IReadOnlyList<(double X, double Y)> drawn) => drawn.Count(point =>
        point.X > box.Left - 10 && point.X < box.Right + 10 && point.Y > box.Top - 10 && point.Y < box.Bottom + 10);
}
