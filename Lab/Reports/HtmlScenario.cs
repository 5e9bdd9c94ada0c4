using System.Text;
using TinyResilient.Lab.Reports.Slides;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>One scenario in the page: its slides, charts to zoom into, claims, books, settings.</summary>
sealed class HtmlScenario(ScenarioResult scenario, ReportFiles files)
{
    // Needed in files of their own, not in a page.
    const string Namespace = " xmlns=\"http://www.w3.org/2000/svg\"";

    public void Add(StringBuilder text)
    {
        text.Append($"<section id=\"{files.Anchor(scenario)}\">\n"
            + $"<h2>{Svg.Escape(scenario.Title)}</h2>\n<p class=\"name\">{Svg.Escape(scenario.Name)} ({Svg.Escape(scenario.Id)})</p>\n");
        HtmlReport.AddProblems(text, ReportTables.Problems(scenario));
        foreach (var chart in scenario.Charts)
            AddChart(text, chart);
        AddTable(text, "Claims", ReportTables.Claims(scenario), "numbers");
        AddTable(text, "Of 10,000 requests, mean over seeds", ReportTables.Books(scenario), "numbers");
        AddTable(text, "Settings of each arm", ReportTables.Settings(scenario));
        AddTable(text, "Parameters", ReportTables.Parameters(scenario));
        text.Append("</section>\n");
    }

    static void AddChart(StringBuilder text, Chart chart)
    {
        text.Append($"<figure>\n{SvgSlide.Of(chart).Replace(Namespace, "", StringComparison.Ordinal)}</figure>\n");
        if (chart.Kind == ChartKind.Curves)
            text.Append($"<details class=\"curve\" open><summary>The same, to zoom into: drag across, double click to go back</summary>\n"
                + $"<div class=\"plot\"></div>\n<script type=\"application/json\">{CurveData.Json(chart)}</script></details>\n");
    }

    static void AddTable(StringBuilder text, string title, Table table, string kind = "")
    {
        if (table.Rows.Count > 0)
            text.Append($"<h3>{title}</h3>\n");
        HtmlReport.AddTable(text, table, kind);
    }
}
