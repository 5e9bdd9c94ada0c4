using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>
/// Lines over an axis: measurement thick with its band, what is predicted thin; or, for <see cref="ChartKind.Points"/>, large points with
/// their intervals on the thin line. A gap in the data is a gap in the line.
/// </summary>
sealed class CurvesDrawing(Svg svg, Chart chart, Box room)
{
    readonly AxisLabel _labelX = AxisLabel.Of(chart.LabelX);
    readonly AxisLabel _labelY = AxisLabel.Of(chart.LabelY);
    readonly bool _isPoints = chart.Kind == ChartKind.Points;
    readonly LineLabels _labels = new(chart.Series, room.Width * 0.34);
    Scale _x = null!;
    Scale _y = null!;

    bool HasData => chart.Series.Any(series => Lines(series.Measured).Concat(Lines(series.Theory)).Any());

    public void Draw()
    {
        var plot = Axes();
        svg.Clip(new(plot.Left - 14, plot.Top - 14, plot.Right + 14, plot.Bottom + 14));
        foreach (var series in chart.Series)
            DrawBand(series);
        foreach (var series in chart.Series)
            DrawMeasured(series);
        foreach (var series in chart.Series)
            foreach (var line in Lines(series.Theory))
                svg.Path(line, Tone.Of(series.Tone).Dark, 2.5, PredictedLook.Dash(series.Law));
        foreach (var series in chart.Series)
            DrawMarks(series);
        svg.EndClip();
        _labels.Draw(svg, End, plot);
        if (!HasData)
            Legend.DrawNoData(svg, plot);
        else if (chart.Note is { } note)
            Note.Draw(svg, note, _x.Within(note.X), plot,
                [.. chart.Series.SelectMany(series => Lines(series.Measured).Concat(Lines(series.Theory))).SelectMany(Dense)]);
        Legend.Draw(svg, chart, plot.Left, room.Right, room.Bottom - 8, _labelX.Title(chart.LogX));
    }

    Box Axes()
    {
        var top = room.Top + (chart.LabelY == "" ? 14 : 56);
        var bottom = room.Bottom - 100;
        var points = chart.Series.SelectMany(series => series.Measured.Concat(series.Theory)).ToList();
        _y = Scale.FromZero(points, chart.MaxY, bottom, top);
        var ticks = _labelY.Ticks(_y, most: 5);
        var left = room.Left + ticks.Max(tick => TextFit.Width(tick.Text, Layout.TickSize)) + 14;
        var right = room.Right - _labels.Width;
        var pad = _isPoints ? 30 : 0;
        var xs = points.Where(point => double.IsFinite(point.Y)).Select(point => point.X);
        _x = chart.LogX ? Scale.Decades(xs, left + pad, right - pad) : Scale.Over(xs, left + pad, right - pad);
        svg.Text(room.Left, room.Top + 28, Layout.LabelSize, TextFit.Cut(chart.LabelY, Layout.LabelSize, room.Width));
        foreach (var (at, text) in ticks)
        {
            svg.Line(left, _y.At(at), right, _y.At(at), at == 0 ? Svg.Muted : Svg.Faint, at == 0 ? 2.5 : 1.5);
            svg.Text(left - 12, _y.At(at) + 10, Layout.TickSize, text, "end");
        }
        foreach (var (at, text) in HasData ? _labelX.Ticks(_x, most: (int)((right - left) / 150)) : [])
        {
            svg.Line(_x.At(at), top, _x.At(at), bottom + 8, Svg.Faint, 1.5);
            svg.Text(_x.At(at), bottom + 42, Layout.TickSize, text, "middle");
        }
        return new(left, top, right, bottom);
    }

    void DrawBand(Series series)
    {
        if (_isPoints)
            return;
        var colour = Tone.Of(series.Tone).Colour;
        foreach (var part in Parts(series.Measured, point => point.Low is { } low && point.High is { } high && double.IsFinite(low + high)))
            svg.Area(part.Select(point => (_x.At(point.X), _y.At(point.Low!.Value)))
                .Concat(part.Reverse().Select(point => (_x.At(point.X), _y.At(point.High!.Value)))), colour, 0.22);
    }

    void DrawMeasured(Series series)
    {
        var tone = Tone.Of(series.Tone);
        if (!_isPoints)
            foreach (var line in Lines(series.Measured))
                svg.Path(line, tone.Colour, 7, tone.Dash);
        var alone = series.Measured.Count == 1;
        foreach (var point in series.Measured.Where(point => (_isPoints || alone) && double.IsFinite(point.X + point.Y)))
            if (point.Low is { } low && point.High is { } high && double.IsFinite(low + high))
            {
                var x = _x.At(point.X) + Aside(series, _x.At(point.X), _y.At(point.Y));
                svg.Line(x, _y.At(low), x, _y.At(high), tone.Dark, 5);
            }
    }

    /// <summary>Every point of a few; a few of a line, so that its shape is told apart, each line at places of its own.</summary>
    void DrawMarks(Series series)
    {
        var tone = Tone.Of(series.Tone);
        var points = Lines(series.Measured).SelectMany(line => line).ToList();
        var every = _isPoints ? 1 : Math.Max(1, points.Count / 6);
        foreach (var (number, (x, y)) in points.Index())
            if (points.Count > 2 && number % every != Math.Abs(series.Tone) * 2 % every)
                continue;
            else if (_x.IsLog && x <= _x.Start) // nothing or less has no place on the axis
                svg.LeftArrow(x, y, 13, tone.Colour);
            else
                svg.Mark(tone.Shape, x + Aside(series, x, y), y, _isPoints ? 13 : 10, tone.Colour);
    }

    /// <summary>How far a point steps aside, so that none hides another at its place.</summary>
    double Aside(Series series, double x, double y)
    {
        if (!_isPoints)
            return 0;
        var there = chart.Series.Where(one => Lines(one.Measured).SelectMany(line => line).Any(at => Math.Abs(at.X - x) < 1 && Math.Abs(at.Y - y) < 30)).ToList();
        return 24 * (there.IndexOf(series) - (there.Count - 1) / 2.0);
    }

    /// <summary>Where the line's label belongs; null: nothing was measured or predicted.</summary>
    (double X, double Y)? End(Series series) =>
        Lines(series.Measured).LastOrDefault() is { } measured ? measured[^1]
        : Lines(series.Theory).LastOrDefault() is { } theory ? theory[^1]
        : null;

    /// <summary>A line as pixels that are near to each other.</summary>
    static IEnumerable<(double X, double Y)> Dense(List<(double X, double Y)> line) => line.Zip(line.Skip(1)).SelectMany(ends =>
        Enumerable.Range(0, 20).Select(step => step / 20.0).Select(share => (
            ends.First.X + share * (ends.Second.X - ends.First.X), ends.First.Y + share * (ends.Second.Y - ends.First.Y))))
        .Append(line[^1]);

    IEnumerable<List<(double X, double Y)>> Lines(IEnumerable<Point> points) =>
        Parts(points, _ => true).Select(part => part.Select(point => (_x.At(point.X), _y.At(point.Y))).ToList());

    static IEnumerable<Point[]> Parts(IEnumerable<Point> points, Func<Point, bool> isPart)
    {
        var part = new List<Point>();
        foreach (var point in points)
        {
            if (double.IsFinite(point.X + point.Y) && isPart(point))
            {
                part.Add(point);
                continue;
            }
            if (part.Count > 0)
                yield return [.. part];
            part.Clear();
        }
        if (part.Count > 0)
            yield return [.. part];
    }
}
