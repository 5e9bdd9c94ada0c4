using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>An axis: values to pixels, and the round numbers to mark. Logarithmic ones end at decades.</summary>
/// <param name="Low">Value at <paramref name="Start"/>.</param>
/// <param name="High">Value at <paramref name="End"/>, greater than <paramref name="Low"/>.</param>
sealed record Scale(double Low, double High, bool IsLog, double Start, double End)
{
    /// <summary>From 0, or below it where a value is, up to a round number. An interval may end outside below, not above.</summary>
    public static Scale FromZero(IReadOnlyList<Point> points, double? max, double start, double end)
    {
        var known = points.SelectMany(point => new[] { point.Y, point.High ?? point.Y }).Where(double.IsFinite).ToList();
        var low = Math.Min(0, known.DefaultIfEmpty(0).Min());
        if (max <= low)
            max = null;
        var high = max ?? Math.Max(0, known.DefaultIfEmpty(0).Max());
        if (high <= low)
            high = low + 1;
        var step = Step((high - low) / 5);
        low = Math.Floor(low / step + 1e-9) * step;
        return new(low, max ?? Math.Ceiling(high / step - 1e-9) * step, IsLog: false, start, end);
    }

    /// <summary>What the values span; from 0 where they begin near to it.</summary>
    public static Scale Over(IEnumerable<double> values, double start, double end)
    {
        var known = values.Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high) = (known.Min(), known.Max());
        if (low >= 0 && low <= 0.2 * high)
            low = 0;
        return high > low ? new(low, high, IsLog: false, start, end) : new(low - 0.5, low + 0.5, IsLog: false, start, end);
    }

    /// <summary>Whole decades around the values; what is not positive has no place and is shown at the start.</summary>
    public static Scale Decades(IEnumerable<double> values, double start, double end)
    {
        var known = values.Where(value => double.IsFinite(value) && value > 0).DefaultIfEmpty(1).ToList();
        var low = Math.Floor(Math.Log10(known.Min()) + 1e-9);
        var high = Math.Max(low + 1, Math.Ceiling(Math.Log10(known.Max()) - 1e-9));
        return new(Math.Pow(10, low), Math.Pow(10, high), IsLog: true, start, end);
    }

    /// <summary>Outside of the axis: its end.</summary>
    public double Within(double value) => At(Math.Clamp(value, Low, High));

    public double At(double value)
    {
        if (IsLog && value <= 0)
            return Start;
        var share = IsLog ? Math.Log10(value / Low) / Math.Log10(High / Low) : (value - Low) / (High - Low);
        return Start + share * (End - Start);
    }

    public IReadOnlyList<double> Ticks(int most) => IsLog ? LogTicks(most) : LinearTicks(most);

    /// <summary>1, 2 or 5 times a power of ten, at least this much.</summary>
    public static double Step(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least) + 1e-9));
        return new[] { 1.0, 2, 5, 10 }.First(factor => factor * power >= least * (1 - 1e-9)) * power;
    }

    List<double> LinearTicks(int most)
    {
        var step = Step((High - Low) / Math.Max(1, most));
        var first = Math.Ceiling(Low / step - 1e-9);
        var last = Math.Floor(High / step + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(number => Numbers.Clean((first + number) * step))];
    }

    List<double> LogTicks(int most)
    {
        var low = (int)Math.Round(Math.Log10(Low));
        var decades = (int)Math.Round(Math.Log10(High)) - low;
        var factors = decades * 3 < most && decades < 3 ? [1.0, 2, 5] : new[] { 1.0 };
        var every = Math.Max(1, (int)Math.Ceiling(decades / (double)Math.Max(1, most - 1)));
        return [.. from decade in Enumerable.Range(0, decades + 1)
            where decade % every == 0
            from factor in factors
            let value = factor * Math.Pow(10, low + decade)
            where value <= High * (1 + 1e-9)
            select value];
    }
}
