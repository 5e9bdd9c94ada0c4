namespace TinyResilient.Lab.Reports.Slides;

/// <summary>What stands at an axis: <c>success, %</c> is success, its values in percent.</summary>
sealed record AxisLabel(string Text, string Unit)
{
    const int LongestUnit = 6;

    public static AxisLabel Of(string text)
    {
        var unit = text[(text.LastIndexOf(", ", StringComparison.Ordinal) is var comma and >= 0 ? comma + 2 : text.Length)..];
        return new(text, unit.Length <= LongestUnit ? unit : "");
    }

    /// <summary>Without the unit where every value has its own.</summary>
    public string Title(bool isLog) => isLog && Unit is ("ms" or "s") ? Text[..^(Unit.Length + 2)] : Text;

    /// <summary>On a logarithmic axis of times every value has the unit that suits it.</summary>
    public string Value(double value, bool isLog) => (isLog, Unit) switch
    {
        _ when !double.IsFinite(value) => "no data",
        (true, "ms") => Numbers.Duration(value),
        (true, "s") => Numbers.Duration(value * 1000),
        _ => Numbers.Text(value, Unit is "%" or "ms" or "s" ? Unit : ""),
    };

    public IReadOnlyList<(double At, string Text)> Ticks(Scale scale, int most)
    {
        var ticks = scale.Ticks(most);
        var step = ticks.Count > 1 ? ticks[1] - ticks[0] : 1;
        return [.. ticks.Select(tick => (tick, scale.IsLog ? Value(tick, isLog: true) : Numbers.Tick(tick, step, Unit)))];
    }
}
