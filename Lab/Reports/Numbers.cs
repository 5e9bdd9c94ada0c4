using System.Globalization;

namespace TinyResilient.Lab.Reports;

/// <summary>Numbers as people read them: three digits that count, and never 100 % or 0 % for what only comes near.</summary>
static class Numbers
{
    /// <param name="unit">As in an axis label: <c>%</c>, <c>ms</c>; empty: none.</param>
    public static string Text(double value, string unit = "") =>
        double.IsFinite(value) ? With(Plain(value, unit), unit) : "no data";

    /// <summary>A time in the unit that suits it: 20 ms, 3.2 s.</summary>
    public static string Duration(double milliseconds) =>
        milliseconds >= 1000 ? With(Plain(milliseconds / 1000, "s"), "s") : With(Plain(milliseconds, "ms"), "ms");

    /// <summary>In a table of numbers of any unit.</summary>
    public static string Precise(double value) => !double.IsFinite(value) ? "no data"
        : value != 0 && Math.Abs(value) < 0.001 ? value.ToString("G3", CultureInfo.InvariantCulture)
        : value.ToString("#,0.####", CultureInfo.InvariantCulture);

    /// <summary>So many of so many: whole, but never none for a few, or all for nearly all.</summary>
    public static string Part(double value, double of) => !double.IsFinite(value) ? "no data"
        : value.ToString(value < 10 || value > of - 10 ? "#,0.##" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>Said behind what a run was too short for; nothing where it is not known.</summary>
    public static string Enough(int? seeds) => seeds is null ? "" : $" ({seeds} seeds would do)";

    /// <summary>At most five characters, for a number that fills a quarter of a slide.</summary>
    public static string Giant(double value, string unit) =>
        unit == "%" && value is > 99.9 and < 100 ? Fixed(Math.Floor(value * 100) / 100, 2)
        : Math.Abs(value) >= 1e6 ? Plain(value / 1e6, "") + "M"
        : Math.Abs(value) >= 1e4 ? Plain(value / 1e3, "") + "k"
        : Plain(value, unit) is { Length: <= 5 } text ? text
        : value.ToString("G2", CultureInfo.InvariantCulture);

    /// <summary>A mark of an axis whose marks are this far apart.</summary>
    public static string Tick(double value, double step, string unit)
    {
        var decimals = Math.Clamp((int)-Math.Floor(Math.Log10(Math.Max(step, 1e-12)) + 1e-9), 0, 12);
        return With(Fixed(value, decimals), unit == "%" ? unit : "");
    }

    /// <summary>Without the dust of binary fractions.</summary>
    public static double Clean(double value) =>
        double.Parse(value.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public static string Fixed(double value, int decimals) =>
        value.ToString("#,0." + new string('0', decimals), CultureInfo.InvariantCulture);

    static string With(string number, string unit) => unit == "" ? number : $"{number} {unit}";

    static string Plain(double value, string unit)
    {
        var size = Math.Abs(value);
        if (size == 0)
            return "0";
        if (unit == "%" && size is > 99 and < 100)
            return Fixed(value, Math.Clamp((int)Math.Ceiling(-Math.Log10(100 - size) + 1e-9) + 1, 1, 6)).TrimEnd('0').TrimEnd('.');
        var decimals = Math.Clamp(size >= 1 ? 2 - (int)Math.Floor(Math.Log10(size)) : 1 - (int)Math.Floor(Math.Log10(size)), 0, 9);
        var text = Fixed(value, decimals);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }
}
