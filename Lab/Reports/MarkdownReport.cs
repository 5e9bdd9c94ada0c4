using System.Text;
using TinyResilient.Lab.Reports.Slides;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>The report as Markdown, for where people read and compare text; slides are linked.</summary>
static class MarkdownReport
{
    public static string Of(RunResult result)
    {
        var text = new StringBuilder();
        var files = new ReportFiles(result);
        text.Append("# What the run found\n\n");
        foreach (var problem in ReportTables.Problems(result))
            text.Append($"- **BROKEN, not a result**: {Escape(problem)}\n");
        foreach (var warning in ReportTables.Warnings(result))
            text.Append($"- {Escape(warning)}\n");
        text.Append($"- Claims: {string.Join(", ", ReportTables.Score(result).Select(score => $"{score.Count} {score.Word}"))}\n\n");
        Add(text, ReportTables.Matrix(result));
        AddPeers(text, result);
        foreach (var scenario in result.Scenarios)
            Add(text, scenario, files);
        text.Append("## Where it comes from\n\n");
        Add(text, ReportTables.Provenance(result));
        text.Append($"All numbers: [{ResultJson.FileName}]({ResultJson.FileName})\n");
        return text.ToString();
    }

    static void AddPeers(StringBuilder text, RunResult result)
    {
        var table = PeersTable.Of(result);
        Add(text, table);
        if (table.Rows.Count > 0)
            text.Append(string.Concat(PeersTable.Better(result).Concat(PeersTable.Notes).Select(line => $"- {Escape(line)}\n"))).Append('\n');
    }

    static void Add(StringBuilder text, ScenarioResult scenario, ReportFiles files)
    {
        text.Append($"## {Escape(scenario.Name)} ({Escape(scenario.Id)}): {Escape(scenario.Title)}\n\n");
        foreach (var problem in ReportTables.Problems(scenario))
            text.Append($"**BROKEN, not a result**: {Escape(problem)}\n\n");
        foreach (var chart in scenario.Charts)
            text.Append($"![{Escape(chart.Title)}]({files.Slide(chart)})\n\n{Escape(string.Join("; ", ((string[])[Reading.Of(chart), chart.Caption]).Where(part => part != "")))}\n\n");
        Add(text, ReportTables.Claims(scenario));
        text.Append("Of 10,000 requests, mean over seeds:\n\n");
        Add(text, ReportTables.Books(scenario));
        Add(text, ReportTables.Settings(scenario));
        Add(text, ReportTables.Parameters(scenario));
        text.Append($"Every run: [{files.Table(scenario)}]({files.Table(scenario)})\n\n");
    }

    public static string Of(Table table)
    {
        var text = new StringBuilder();
        Add(text, table);
        return text.ToString();
    }

    static void Add(StringBuilder text, Table table)
    {
        if (table.Rows.Count == 0)
            return;
        text.Append($"| {string.Join(" | ", table.Head.Select(Escape))} |\n|{string.Concat(table.Head.Select(_ => "---|"))}\n");
        foreach (var row in table.Rows)
            text.Append($"| {string.Join(" | ", row.Select(cell => Escape(cell.Text)))} |\n");
        text.Append('\n');
    }

    /// <summary>As plain text in a line or a cell: nothing in it is markup.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var letter in text)
            escaped.Append(letter switch
            {
                '<' => "&lt;",
                '&' => "&amp;",
                '\\' or '`' or '*' or '[' or ']' or '|' or '~' => $"\\{letter}",
                _ when char.IsControl(letter) => " ",
                _ => letter.ToString(),
            });
        return escaped.ToString();
    }
}
