using System.Security.Cryptography;
using System.Text;
using TinyResilient.Lab.Reports.Slides;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>
/// The report as one page that works from a disk without a network. Its policy lets run and style only what is written here,
/// by hash; everything from a result is text, never markup.
/// </summary>
static class HtmlReport
{
    public static string Of(RunResult result)
    {
        string[] styles = [Embedded("uPlot.min.css"), Embedded("report.css")];
        string[] scripts = [Embedded("uPlot.iife.min.js"), Embedded("report.js")];
        var text = new StringBuilder();
        text.Append($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {Hashes(styles)}; script-src {Hashes(scripts)}; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{Svg.Escape(string.Join(", ", result.Scenarios.Select(scenario => scenario.Name)))}: what the run found</title>
            <!-- The charts that can be zoomed are drawn by uPlot 1.6.32:
            {Embedded("uPlot.LICENSE.txt")}
            -->

            """);
        foreach (var style in styles)
            text.Append($"<style>{style}</style>\n");
        text.Append("</head>\n<body>\n");
        var files = new ReportFiles(result);
        AddFirstPage(text, result, files);
        foreach (var scenario in result.Scenarios)
            new HtmlScenario(scenario, files).Add(text);
        text.Append("<section>\n<h2>Where it comes from</h2>\n");
        AddTable(text, ReportTables.Provenance(result));
        text.Append("</section>\n");
        foreach (var script in scripts)
            text.Append($"<script>{script}</script>\n");
        return text.Append("</body>\n</html>\n").ToString();
    }

    public static void AddTable(StringBuilder text, Table table, string kind = "")
    {
        if (table.Rows.Count == 0)
            return;
        text.Append($"<div class=\"scroll\"><table class=\"{kind}\">\n");
        if (table.Head.Any(head => head != ""))
            text.Append($"<thead><tr>{string.Concat(table.Head.Select(head => $"<th scope=\"col\">{Svg.Escape(head)}</th>"))}</tr></thead>\n");
        text.Append("<tbody>\n");
        foreach (var row in table.Rows)
            text.Append($"<tr><th scope=\"row\">{Svg.Escape(row[0].Text)}</th>{string.Concat(row.Skip(1).Select(Cell))}</tr>\n");
        text.Append("</tbody></table></div>\n");
    }

    public static void AddProblems(StringBuilder text, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
            text.Append($"<div class=\"problems\"><strong>✗ Broken, not a result</strong><ul>{string.Concat(problems.Select(problem => $"<li>{Svg.Escape(problem)}</li>"))}</ul></div>\n");
    }

    static void AddFirstPage(StringBuilder text, RunResult result, ReportFiles files)
    {
        text.Append("<header>\n<h1>What the run found</h1>\n");
        AddProblems(text, ReportTables.Problems(result));
        foreach (var warning in ReportTables.Warnings(result))
            text.Append($"<p class=\"warning\">{Svg.Escape(warning)}</p>\n");
        var matrix = ReportTables.Matrix(result);
        AddTable(text, matrix, "matrix");
        if (matrix.Rows.Count > 0)
            text.Append($"<p class=\"key\">{Svg.Escape(ReportTables.Key(result))}</p>\n");
        AddPeers(text, result);
        text.Append("<h2>Claims</h2>\n<p class=\"score\">");
        foreach (var (word, count, mood) in ReportTables.Score(result))
            text.Append($"<span class=\"{(count > 0 ? mood : "")}\"><b>{count}</b> {word}</span> ");
        text.Append("</p>\n<nav>");
        foreach (var scenario in result.Scenarios)
            text.Append($"<a href=\"#{files.Anchor(scenario)}\">{Svg.Escape(scenario.Name)}</a> ");
        text.Append("</nav>\n</header>\n");
    }

    static void AddPeers(StringBuilder text, RunResult result)
    {
        var table = PeersTable.Of(result);
        AddTable(text, table, "numbers");
        if (table.Rows.Count > 0)
            text.Append($"<ul>{string.Concat(PeersTable.Better(result).Concat(PeersTable.Notes).Select(line => $"<li>{Svg.Escape(line)}</li>"))}</ul>\n");
    }

    static string Cell(Cell cell) => cell.Short is { } few
        ? $"<td class=\"{cell.Mood}\" title=\"{Svg.Escape(cell.Text)}\">{Svg.Escape(few)}</td>"
        : $"<td class=\"{cell.Mood}\">{Svg.Escape(cell.Text)}</td>";

    static string Hashes(IEnumerable<string> contents) => string.Join(' ', contents.Select(content =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'"));

    static string Embedded(string name)
    {
        using var reader = new StreamReader(typeof(HtmlReport).Assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n"); // as a browser hashes it
    }
}
