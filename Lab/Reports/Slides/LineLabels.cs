using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>The names of lines, at their ends: each with its mark, moved apart, and led to where its line ends.</summary>
sealed class LineLabels
{
    const double Lead = 46;
    const double Mark = 40;
    const double Size = 30;

    readonly IReadOnlyList<Label> _labels;

    public LineLabels(IReadOnlyList<Series> series, double mostWidth)
    {
        _labels = [.. series.Select(one => new Label(one, TextFit.Wrap(Name(one), Size, mostWidth - Lead - Mark, mostLines: 2)))];
        Width = Lead + Mark + _labels.SelectMany(label => label.Lines).Select(line => TextFit.Width(line, Size)).DefaultIfEmpty(0).Max();
    }

    /// <summary>That the labels take at the right of the plot.</summary>
    public double Width { get; }

    /// <param name="end">Where the line of a series ends; null: it has none.</param>
    public void Draw(Svg svg, Func<Series, (double X, double Y)?> end, Box plot)
    {
        var (size, labels, more) = Fitted(plot.Height + 40);
        var pitch = size * 1.15;
        var ends = labels.Select(label => end(label.Series)).ToList();
        var heights = labels.Select(label => label.Lines.Count * pitch + 4).ToList();
        var middles = Apart.Of([.. ends.Select(at => Math.Clamp(at?.Y ?? plot.Bottom, plot.Top, plot.Bottom))], heights,
            plot.Top - 20, plot.Bottom + 20 - (more > 0 ? pitch : 0));
        foreach (var (index, label) in labels.Index())
        {
            var tone = Tone.Of(label.Series.Tone);
            var left = plot.Right + Lead;
            if (ends[index] is { } at)
                svg.Line(Math.Min(at.X, plot.Right) + 12, Math.Clamp(at.Y, plot.Top, plot.Bottom), left, middles[index], tone.Colour, 2.5,
                    at.X < plot.Right - 80 ? "3 7" : null); // a long way: it shall not look like a line of the chart
            svg.Mark(tone.Shape, left + 10, middles[index], 11, ends[index] is null ? "none" : tone.Colour);
            var foot = middles[index] - heights[index] / 2 + size * 0.95;
            foreach (var (number, line) in label.Lines.Index())
                svg.Text(left + Mark - 10, foot + number * pitch, size, line, colour: ends[index] is null ? Svg.Muted : Svg.Ink);
        }
        if (more > 0)
            svg.Text(plot.Right + Width, plot.Bottom + 20, size, $"and {more} more", "end", Svg.Muted);
    }

    /// <summary>Smaller and in one line where they are many; the last are left out where they are too many, and counted.</summary>
    (double Size, IReadOnlyList<Label> Labels, int More) Fitted(double height)
    {
        if (_labels.Sum(label => label.Lines.Count * Size * 1.15 + 4) <= height)
            return (Size, _labels, 0);
        var most = (int)(height / (Layout.SmallSize * 1.15 + 4));
        var shown = _labels.Count > most ? most - 1 : _labels.Count;
        return (Layout.SmallSize, [.. _labels.Take(shown).Select(label =>
            label with { Lines = [TextFit.Cut(Name(label.Series), Layout.SmallSize, Width - Lead - Mark)] })], _labels.Count - shown);
    }

    static string Name(Series series) => series.Measured.Concat(series.Theory).Any(point => double.IsFinite(point.X + point.Y))
        ? series.Label : $"{series.Label} (no data)";

    sealed record Label(Series Series, IReadOnlyList<string> Lines);
}
