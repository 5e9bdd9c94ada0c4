using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Results;
using Xunit;

namespace Specs.Lab.Reports;

public partial class ReportTextSpecs
{
    static readonly string page = HtmlReport.Of(Runs.Result);

    [Fact]
    public void The_markdown_is_as_somebody_found_it_good() =>
        Approved.Is("report.md.approved.txt", MarkdownReport.Of(Runs.Result)); // not .md: its links lead to files of a report

    [Fact]
    public void The_table_of_runs_is_as_somebody_found_it_good() =>
        Approved.Is("runs.approved.csv", string.Concat(Runs.Result.Scenarios.Select(CsvTable.Of)));

    [Fact]
    public void Names_from_outside_are_text_in_the_page()
    {
        Assert.DoesNotContain("<b>evil", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<u>policy", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_policy_of_the_page_allows_its_own_scripts_and_styles_and_nothing_else()
    {
        var policy = Policy().Match(page).Groups[1].Value;
        var hashes = Inline().Matches(page).Select(match => match.Groups[1].Value)
            .Select(content => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'").ToList();
        Assert.Equal(4, hashes.Count);
        Assert.Equal($"default-src 'none'; style-src {hashes[0]} {hashes[1]}; script-src {hashes[2]} {hashes[3]}; base-uri 'none'; form-action 'none'", policy);
        Assert.DoesNotMatch(@"<[^>]* (style|on\w+)=", Inline().Replace(page, ""));
    }

    [Fact]
    public void The_page_loads_nothing()
    {
        var rest = Inline().Replace(page, "");
        Assert.DoesNotMatch(@"<(link|img|iframe|object|embed|base)\b|<[^>]*\ssrc=|url\(|@import", rest);
        Assert.All(Link().Matches(rest), link => Assert.StartsWith("#", link.Groups[1].Value, StringComparison.Ordinal));
        Assert.DoesNotContain("http", rest.Replace("http-equiv", "", StringComparison.Ordinal).Replace("lane http", "", StringComparison.Ordinal)
            .Replace("<td class=\"\">http</td>", "", StringComparison.Ordinal).Replace(">http</text>", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotMatch(@"fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\(", page);
    }

    [Fact]
    public void Broken_books_stand_before_any_number() =>
        Assert.InRange(page.IndexOf("Broken, not a result", StringComparison.Ordinal), 0, page.IndexOf("points of success", StringComparison.Ordinal));

    [Fact]
    public void Data_for_charts_cannot_end_their_script()
    {
        var hostile = Slides.CorruptCurves with { Series = [new("</script><script>", 0, [new(0, 1), new(1, double.NaN)], [new(0.5, 2)])] };
        Assert.DoesNotContain("<", CurveData.Json(hostile), StringComparison.Ordinal);
        Assert.EndsWith("""
            "data":[[0,0.5,1],[1,"",null],[null,"",null],[null,"",null],["",2,""]]}
            """, CurveData.Json(hostile), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_have_harmless_names_of_their_own()
    {
        string[] names = ["../x/y", "..\\x\\y", "con", "CON", ""];
        var scenario = Runs.Result.Scenarios[0] with
        {
            Charts = [.. names.Select(name => Slides.CorruptSquare with { Name = name })],
        };
        var files = new ReportFiles(Runs.Result with { Scenarios = [scenario] });
        Assert.Equal(["x-y.svg", "x-y-2.svg", "con_.svg", "CON_-2.svg", "_.svg"], scenario.Charts.Select(files.Slide));
    }

    [Theory]
    [InlineData("/a:/b", "/b/chromium")]
    [InlineData("/a", null)]
    public void Pictures_are_drawn_by_a_browser_of_the_path(string path, string? browser)
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal(browser, Pictures.Browser(path, file => file == "/b/chromium"));
    }

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]*)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("<(?:script|style)>(.*?)</(?:script|style)>", RegexOptions.Singleline)]
    private static partial Regex Inline();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();
}
