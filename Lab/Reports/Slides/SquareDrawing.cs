using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>
/// Four giant numbers. Labels read <c>row|column</c>, and may end in <c>|word</c> where the grade's own word does not suit;
/// without a bar they stand in their cell. Cells are in the order of reading.
/// </summary>
sealed class SquareDrawing(Svg svg, Chart chart, Box room)
{
    const double MostNumberSize = 200;
    const double HeadSize = 40;

    readonly AxisLabel _label = AxisLabel.Of(chart.LabelY);
    readonly IReadOnlyList<Series> _series = [.. chart.Series.Take(4)];

    public void Draw()
    {
        var parts = _series.Select(series => series.Label.Split('|')).ToList();
        var hasHeads = parts.Count == 4 && parts.All(part => part.Length > 1);
        var foot = room.Bottom - 46;
        var left = hasHeads ? room.Left + 220 : room.Left;
        var top = room.Top + (hasHeads ? 46 : 6);
        var values = _series.Select(series => series.Measured.Select(point => point.Y).FirstOrDefault(double.NaN)).ToList();
        var (width, height) = ((room.Right - left - 20) / 2, (foot - top - 20) / 2);
        var size = values.Select(value => NumberSize(value, width - 60, height - 108)).DefaultIfEmpty(MostNumberSize).Min();
        for (var place = 0; place < 4; place++)
        {
            var (row, column) = (place / 2, place % 2);
            var box = new Box(left + column * (width + 20), top + row * (height + 20), left + column * (width + 20) + width, top + row * (height + 20) + height);
            var head = hasHeads || place >= parts.Count ? null : string.Join(", ", parts[place]);
            DrawCell(box, place < values.Count ? _series[place] : null, values, place < parts.Count ? parts[place].ElementAtOrDefault(2) : null, head, size);
            if (hasHeads && row == 0)
                svg.Text(box.CentreX, top - 16, HeadSize, TextFit.Cut(parts[place][1], HeadSize, width, isBold: true), "middle", isBold: true);
            if (hasHeads && column == 0)
                DrawRowHead(TextFit.Wrap(parts[place][0], HeadSize, left - room.Left - 20, mostLines: 3, isBold: true), box.CentreY);
        }
        var hasIntervals = _series.SelectMany(series => series.Measured).Any(point => point.Low is not null);
        var below = string.Join("; ", ((string?[])[chart.LabelY, chart.Note?.Text, hasIntervals ? "95 %: over seeds" : null]).OfType<string>());
        svg.Text(room.Left, room.Bottom - 6, Layout.LabelSize, TextFit.Cut(below, Layout.LabelSize, room.Width));
    }

    void DrawRowHead(IReadOnlyList<string> lines, double middle)
    {
        foreach (var (number, line) in lines.Index())
            svg.Text(room.Left, middle + HeadSize * (0.36 + Layout.Leading * (number - (lines.Count - 1) / 2.0)), HeadSize, line, isBold: true);
    }

    void DrawCell(Box box, Series? series, IReadOnlyList<double> all, string? word, string? head, double size)
    {
        var point = series is { Measured: [var first, ..] } ? first : new Point(0, double.NaN);
        var isSuccess = _label.Unit == "%" && _label.Text.Contains("success", StringComparison.OrdinalIgnoreCase);
        var grade = Grade.Of(point.Y, isSuccess, all);
        svg.Rectangle(box, "#FFFFFF", grade.Colour, 6);
        var (text, unit) = Giant(point.Y);
        svg.Giant(box.CentreX, box.CentreY - 30 + (head is null ? 0.36 : 0.45) * size, size, text, unit);
        if (head is not null)
            svg.Text(box.Left + 24, box.Top + 46, 34, TextFit.Cut(head, 34, box.Width - 48));
        svg.Mark(grade.Shape, box.Left + 48, box.Bottom - 38, 24, grade.Colour);
        svg.Text(box.Left + 86, box.Bottom - 24, HeadSize, TextFit.Cut(word ?? grade.Word, HeadSize, box.Width / 2 - 86, isBold: true), isBold: true);
        if (series is { Theory: [var predicted, ..] })
            svg.Text(box.Right - 18, box.Bottom - 54, Layout.SmallSize, $"{PredictedLook.Word(series.Law)} {Value(predicted.Y)}", "end", Svg.Muted);
        if (point is { Low: { } low, High: { } high })
            svg.Text(box.Right - 18, box.Bottom - 20, Layout.SmallSize, $"95 %: {Value(low)}–{Value(high)}", "end", Svg.Muted);
    }

    (string Number, string Unit) Giant(double value) =>
        double.IsFinite(value) ? (Numbers.Giant(value, _label.Unit), _label.Unit) : ("–", "");

    double NumberSize(double value, double width, double height)
    {
        const double DigitHeight = 0.73;
        var (number, unit) = Giant(value);
        var share = TextFit.Width(number, 1, isBold: true) + TextFit.Width($" {unit}", Layout.UnitShare, isBold: true);
        return Math.Min(MostNumberSize, Math.Min(width / share, height / DigitHeight));
    }

    string Value(double value) => Numbers.Text(value, _label.Unit == "%" ? "%" : "").Replace(" %", "", StringComparison.Ordinal);
}
