using System.Globalization;

namespace TinyResilient.LoadTest;

/// <summary>
/// Reads what users type as values of options; null for what it cannot read, or what lies out of
/// range.
/// </summary>
static class Values
{
    public const double HighestRate = 100_000;
    public static readonly TimeSpan ShortestRun = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan LongestRun = TimeSpan.FromHours(24);

    /// <summary>
    /// A plain number, inclusive bounds; only digits and a point, so that neither NaN nor 1e9 gets
    /// in.
    /// </summary>
    public static double? Number(string text, double least, double most) =>
        double.TryParse(
            text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? number : null;

    /// <summary>A whole number, inclusive bounds.</summary>
    public static long? Whole(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most ? number : null;

    /// <summary>A duration with its unit, seconds without: 10, 10s, 500ms, 2m, 1h.</summary>
    public static TimeSpan? Duration(string text, TimeSpan least, TimeSpan most)
    {
        (string Name, TimeSpan Length)[] units =
        [
            ("ms", TimeSpan.FromMilliseconds(1)),
            ("s", TimeSpan.FromSeconds(1)),
            ("m", TimeSpan.FromMinutes(1)),
            ("h", TimeSpan.FromHours(1)),
            ("", TimeSpan.FromSeconds(1)),
        ];
        var unit = units.First(u => text.EndsWith(u.Name, StringComparison.Ordinal));
        var number = Number(text[..^unit.Name.Length], 0, most / unit.Length);
        return number * unit.Length is { } duration && duration >= least ? duration : null;
    }

    /// <summary>Stages as in 5s:20,10s:100,5s:0.</summary>
    public static IReadOnlyList<Stage>? Stages(string text)
    {
        var parts = text.Split(',');
        var stages = parts.Select(StageOf).OfType<Stage>().ToList();
        var readable = stages.Count == parts.Length;
        return readable && stages.Exists(stage => stage.Rate > 0) ? stages : null;
    }

    /// <summary>The names of <see cref="LoadTest.Arrivals"/>, in lower case.</summary>
    public static Arrivals? Arrivals(string text) => text switch
    {
        "even" => LoadTest.Arrivals.Even,
        "poisson" => LoadTest.Arrivals.Poisson,
        _ => null,
    };

    /// <summary>
    /// An absolute http or https address; without a user name, which would end up in reports.
    /// </summary>
    public static Uri? Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https" && url.UserInfo == "" ? url : null;

    static Stage? StageOf(string text) =>
        text.Trim().Split(':') is [var duration, var rate]
        && Duration(duration, ShortestRun, LongestRun) is { } length
        && Number(rate, 0, HighestRate) is { } perSecond ? new(length, perSecond) : null;
}
