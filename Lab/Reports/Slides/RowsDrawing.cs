using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>
/// One row for each arm: measured with its interval, what is predicted as a hollow mark, the number at the end. The two lanes of an arm
/// share its row. More rows than can be read go into two columns; what is still too much is counted, not drawn.
/// </summary>
sealed class RowsDrawing(Svg svg, Chart chart, Box room)
{
    const double LeastPitch = 31;

    /// <summary>Of the mark before a lane's name.</summary>
    const double MarkWidth = 34;

    readonly AxisLabel _label = AxisLabel.Of(chart.LabelX == "" ? chart.LabelY : chart.LabelX);

    public void Draw()
    {
        var (lanes, rows) = ArmRow.Of(chart.Series);
        var top = room.Top + (lanes.Count > 1 ? 50 : 16);
        var bottom = room.Bottom - 100;
        var most = (int)((bottom - top) / LeastPitch);
        var columns = rows.Count > most ? 2 : 1;
        var each = Math.Min(most, (rows.Count + columns - 1) / columns);
        var width = (room.Width - (columns - 1) * 40) / columns;
        var shown = rows.Take(each * columns).ToList();
        for (var column = 0; column * each < shown.Count; column++)
        {
            var left = room.Left + column * (width + 40);
            DrawColumn([.. shown.Skip(column * each).Take(each)], lanes, new(left, top, left + width, bottom), each);
        }
        if (rows.Count == 0)
            Legend.DrawNoData(svg, new(room.Left, top, room.Right, bottom));
        var axis = rows.Count > shown.Count ? $"{rows.Count - shown.Count} more rows in the report; {_label.Title(chart.LogX)}" : _label.Title(chart.LogX);
        Legend.Draw(svg, chart, room.Left, room.Right, room.Bottom - 8, axis);
    }

    void DrawColumn(List<ArmRow> rows, IReadOnlyList<string> lanes, Box box, int most)
    {
        var pitch = Math.Max(LeastPitch, box.Height / Math.Max(1, most));
        var size = Math.Clamp(pitch * 0.8, Layout.SmallSize, Layout.LabelSize);
        var names = rows.Select(row => TextFit.Wrap(row.Label, size, box.Width * 0.42, pitch > 2.3 * size ? 2 : 1)).ToList();
        var values = rows.Select(row => row.Cells.Select(cell => cell is null ? "" : Value(cell)).ToList()).ToList();
        var valueWidth = 24 + values.SelectMany(row => row).Select(text => TextFit.Width(text, size))
            .Concat(lanes.Select(lane => MarkWidth + TextFit.Width(lane, size))).DefaultIfEmpty(0).Max();
        var left = box.Left + 26 + names.SelectMany(name => name).Select(line => TextFit.Width(line, size)).DefaultIfEmpty(0).Max();
        var bottom = box.Top + pitch * rows.Count;
        var plot = new Box(left, box.Top, box.Right - valueWidth * Math.Max(1, lanes.Count) - 16, bottom);
        var scale = Axis(plot);
        foreach (var (index, row) in rows.Index())
        {
            var y = box.Top + pitch * (index + 0.5);
            foreach (var (number, line) in names[index].Index())
                svg.Text(left - 26, y + size * (0.36 + 1.1 * (number - (names[index].Count - 1) / 2.0)), size, line, "end");
            svg.Line(plot.Left, y, plot.Right, y, Svg.Faint, 1.5);
            DrawRow(row, lanes, scale, y, pitch);
            foreach (var (lane, text) in values[index].Index())
                svg.Text(plot.Right + 16 + valueWidth * (lane + 1), y + size * 0.36, size, text, "end");
        }
        foreach (var (lane, name) in lanes.Index().Where(_ => lanes.Count > 1))
        {
            var end = plot.Right + 16 + valueWidth * (lane + 1);
            svg.Text(end, box.Top - 14, size, name, "end");
            svg.Mark(ArmRow.ShapeOf(lane), end - TextFit.Width(name, size) - 20, box.Top - 25, 10, Svg.Muted);
        }
        if (chart.Note is { } note)
            Note.Draw(svg, note, scale.Within(note.X), plot, [.. Drawn(rows, scale, box.Top, pitch)]);
    }

    Scale Axis(Box plot)
    {
        var points = chart.Series.SelectMany(series => series.Measured.Concat(series.Theory)).ToList();
        var (start, end) = (plot.Left + 16, plot.Right - 16);
        var scale = chart.LogX ? Scale.Decades(points.SelectMany(point => new[] { point.Y, point.High ?? point.Y }).Append(chart.Least ?? double.NaN), start, end) : Scale.FromZero(points, chart.MaxY, start, end);
        foreach (var (at, text) in _label.Ticks(scale, most: (int)Math.Max(1, plot.Width / 130)))
        {
            svg.Line(scale.At(at), plot.Top, scale.At(at), plot.Bottom + 8, Svg.Faint, 1.5);
            svg.Text(scale.At(at), plot.Bottom + 40, Layout.TickSize, text, "middle");
        }
        return scale;
    }

    void DrawRow(ArmRow row, IReadOnlyList<string> lanes, Scale scale, double middle, double pitch)
    {
        var tone = Tone.Of(row.Tone);
        var radius = Math.Clamp(pitch * 0.2, 8, 15);
        var predicted =
            from cell in row.Cells.OfType<Series>()
            from point in cell.Theory
            where double.IsFinite(point.Y)
            select (X: Math.Round(scale.Within(point.Y), 1), Shape: PredictedLook.Shape(cell.Law));
        foreach (var (x, shape) in predicted.Distinct())
            svg.Mark(shape, x, middle, Math.Min(pitch * 0.4, 20), "#FFFFFF", tone.Dark, 2.5);
        foreach (var (lane, cell) in row.Cells.Index())
        {
            var y = lanes.Count > 1 ? middle + (lane == 0 ? -1 : 1) * Math.Min(0.25 * pitch, 42) : middle;
            foreach (var point in cell?.Measured.Where(point => double.IsFinite(point.Y)) ?? [])
            {
                if (point.Low is { } low && point.High is { } high && double.IsFinite(low + high))
                    svg.Line(scale.Within(low), y, scale.Within(high), y, tone.Dark, 5);
                if (point.Y < chart.Least || (chart.LogX && point.Y <= 0))
                    svg.LeftArrow(scale.Within(chart.Least ?? point.Y), y, radius, tone.Colour);
                else
                    svg.Mark(lanes.Count > 1 ? ArmRow.ShapeOf(lane) : tone.Shape, scale.Within(point.Y), y, radius, tone.Colour);
            }
        }
    }

    static IEnumerable<(double X, double Y)> Drawn(List<ArmRow> rows, Scale scale, double top, double pitch) =>
        from row in rows.Index()
        from cell in row.Item.Cells.OfType<Series>()
        from point in cell.Measured.Concat(cell.Theory)
        from value in new[] { point.Y, point.Low ?? point.Y, point.High ?? point.Y }
        where double.IsFinite(value)
        select (scale.Within(value), top + pitch * (row.Index + 0.5));

    string Value(Series cell) => cell.Measured.Select(point => point.Y).FirstOrDefault(double.NaN) is var value && value < chart.Least
        ? $"< {_label.Value(chart.Least.Value, chart.LogX)}" : _label.Value(value, chart.LogX);
}
