namespace TinyResilient.LoadTest;

/// <summary>Numbers as the reports print them; <c>n/a</c> where there is none.</summary>
static class Format
{
    const string None = "n/a";

    public static string Ms(double? ms) => ms is { } value ? $"{value:F2}ms" : None;

    public static string Percent(double? percent, string space = " ") =>
        percent is { } value ? $"{value:F1}{space}%" : None;
}
