using System.Text.RegularExpressions;

namespace BrowserSpecs.Harness;

/// <summary>What the page saves as CSV.</summary>
sealed partial class Export(IReadOnlyList<string[]> rows)
{
    /// <summary>kind, lane, name, x, value; without the heading.</summary>
    public IReadOnlyList<string[]> Rows => rows;

    /// <summary>The numbers of each lane's finished seconds, as one line each.</summary>
    public IReadOnlyList<string> Seconds => [.. rows.Where(row => row[0] == "second").Select(row => string.Join(',', row))];

    public static async Task<Export> Csv(Browser browser, Page page)
    {
        var seen = browser.Saved();
        await page.Holds("there is something to save", "!document.getElementById('export-csv').disabled");
        page.Click("#export-csv");
        return Read(await File.ReadAllTextAsync(await browser.NewlySaved("csv", seen)));
    }

    public static Export Read(string text) => new([.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(line => Cell().Matches(line).Select(cell => cell.Groups["plain"].Value + cell.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal)).ToArray())]);

    [GeneratedRegex("""(?:^|,)(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^,"]*))""")]
    private static partial Regex Cell();
}
