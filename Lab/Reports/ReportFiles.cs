using System.Text.RegularExpressions;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>
/// The files of a report. Their names are made of letters, digits, hyphens and underscores, whatever a result calls its charts:
/// a result may come from somebody else.
/// </summary>
sealed partial class ReportFiles
{
    public const string Page = "report.html";
    public const string Markdown = "report.md";
    const int Longest = 80;

    readonly Dictionary<Chart, string> _charts = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<ScenarioResult, string> _scenarios = new(ReferenceEqualityComparer.Instance);

    public ReportFiles(RunResult result)
    {
        var slides = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var tables = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var scenario in result.Scenarios)
        {
            _scenarios.Add(scenario, Unused(scenario.Name, tables));
            foreach (var chart in scenario.Charts)
                _charts.Add(chart, Unused(chart.Name, slides));
        }
    }

    public IEnumerable<Chart> Charts => _charts.Keys;

    /// <summary>All that a report with this result may hold.</summary>
    public IEnumerable<string> All =>
    [
        Page, Markdown, ResultJson.FileName,
        .. _charts.Keys.SelectMany(chart => new[] { Slide(chart), Picture(chart) }), .. _scenarios.Keys.Select(Table),
    ];

    public string Slide(Chart chart) => _charts[chart] + ".svg";

    public string Picture(Chart chart) => _charts[chart] + ".png";

    public string Table(ScenarioResult scenario) => _scenarios[scenario] + ".csv";

    /// <summary>Of a scenario within the page.</summary>
    public string Anchor(ScenarioResult scenario) => "s-" + _scenarios[scenario];

    static string Unused(string name, HashSet<string> used)
    {
        var safe = string.Concat(name.Take(Longest).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-')).Trim('-');
        if (safe == "" || OfDevice().IsMatch(safe))
            safe += "_";
        var unused = safe;
        for (var number = 2; !used.Add(unused); number++)
            unused = $"{safe}-{number}";
        return unused;
    }

    /// <summary>Names that Windows keeps for its devices, whatever their ending.</summary>
    [GeneratedRegex("^(con|prn|aux|nul|(com|lpt)[0-9])$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfDevice();
}
