namespace TinyResilient.LoadTest;

/// <summary>Numbers as the reports print them; <c>n/a</c> where there is none.</summary>
static class Format
{
    const string None = "n/a";

    public static string Ms(double? ms) => ms is { } value ? $"{value:F2}ms" : None;

    public static string Seconds(TimeSpan time) => $"{time.TotalSeconds:F1} s";

    public static string Number(double? number, string format = "F1") =>
        number?.ToString(format) ?? None;

    /// <summary>
    /// One decimal, but as many as show that it is not quite everything: 99.9973 is not 100.0.
    /// </summary>
    public static string Percent(double? percent) =>
        percent is > 99.9 and < 100 and { } nearly ? $"{nearly:0.0###} %" : $"{Number(percent)} %";

    public static string Count(long count, string noun) =>
        $"{count} {noun}{(count == 1 ? "" : "s")}";
}
