using System.Globalization;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>All numbers of a scenario for other programs: one line for each arm, lane and seed (RFC 4180, but ended by LF).</summary>
static class CsvTable
{
    public static string Of(ScenarioResult scenario)
    {
        var runs = scenario.Arms.SelectMany(arm => arm.Runs.Select(run => (arm.Name, Run: run))).ToList();
        var measures = runs.SelectMany(run => run.Run.Measures.Keys).Distinct().ToList();
        IEnumerable<string> lines =
        [
            Line([ "scenario", "arm", "lane", "seed", .. measures, "outcome_hash", "unbalanced"]),
            .. runs.Select(run => Line(
            [
                scenario.Name, run.Name, run.Run.Lane, run.Run.Seed.ToString(CultureInfo.InvariantCulture),
                .. measures.Select(measure => run.Run.Measures.TryGetValue(measure, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : ""),
                run.Run.OutcomeHash, run.Run.Unbalanced ?? "",
            ])),
        ];
        return string.Concat(lines);
    }

    static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(Field)) + "\n";

    static string Field(string text)
    {
        // A spreadsheet takes text that begins like a formula for one.
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' && !double.TryParse(text, CultureInfo.InvariantCulture, out _))
            text = "'" + text;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
