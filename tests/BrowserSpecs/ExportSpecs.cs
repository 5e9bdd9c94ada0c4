using System.Buffers.Binary;
using BrowserSpecs.Harness;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BrowserSpecs;

/// <summary>What is saved is what was seen.</summary>
public sealed class ExportSpecs(StageInBrowser stage, ITestOutputHelper screen) : StageSpec(stage, screen)
{
    // The names that the table gives to what these parts of a lane show. All is read and one file saved between two frames:
    // nobody can press two buttons in that time, and of three downloads in one task Chromium once dropped the first.
    const string ReadAndSave = """
        const parts = { "success %": "[data-part=success]", answers: "[data-part=answers]", attempts: "[data-part=work]", "work per answer": "[data-part=work-per-answer]",
          "requests/s": "[data-part=requests-per-s]", p50: "[data-part=p50]", p95: "[data-part=p95]", breaker: ".breaker .word", restarts: "[data-part=restarts]" };
        const shown = ["actor", "http"].flatMap(lane => Object.entries(parts).map(([name, part]) =>
          [lane, name, document.querySelector(`[data-lane=${lane}] ${part}`).textContent]));
        document.getElementById(`export-${arguments[0]}`).click();
        return shown.map(one => one.join("|")).join("\n");
        """;

    [BrowserFact]
    public async Task The_exports_numbers_equal_the_screens()
    {
        await Stage.Lab.Patch("""{"FAILURE_RATE":0.4,"MAX_RETRIES":1}""");
        var page = await Presenter();
        page.Keys("l");
        await page.Shows("[data-lane=http] [data-part=p95]", text => text.EndsWith(" ms", StringComparison.Ordinal), "a latency");
        await page.Shows("[data-lane=actor] [data-part=p95]", text => text.EndsWith(" ms", StringComparison.Ordinal), "a latency");

        var (shown, csv) = await Save(page, "csv");
        var table = Export.Read(await File.ReadAllTextAsync(csv));
        foreach (var (lane, name, words) in shown)
        {
            var value = table.Rows.Single(row => row is ["now", var of, var what, ..] && of == lane && what == name)[4];
            Assert.True(words.Split(' ').Contains(value.Split(' ')[0].TrimEnd(',')) && value.Any(char.IsLetterOrDigit), $"{lane}, {name}: {words}, but {value}");
        }
        Assert.Contains(table.Rows, row => row is ["provenance", _, "knobs not at their default", _, var knobs]
            && knobs.Contains("FAILURE_RATE=0.4", StringComparison.Ordinal) && knobs.Contains("MAX_RETRIES=1", StringComparison.Ordinal));

        (shown, var svg) = await Save(page, "svg");
        var drawing = await File.ReadAllTextAsync(svg);
        Assert.All(shown, one => Assert.Contains(one.Words.Split(' ').First(word => word.Any(char.IsLetterOrDigit)), drawing, StringComparison.Ordinal));
        Assert.Contains("FAILURE_RATE=0.4", drawing, StringComparison.Ordinal);

        var (_, picture) = await Save(page, "png");
        var png = await File.ReadAllBytesAsync(picture);
        Assert.Equal((2560, 1440), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    // What was shown, by lane and name, and the file that was saved at that moment.
    async Task<(IReadOnlyList<(string Lane, string Name, string Words)> Shown, string File)> Save(Page page, string kind)
    {
        await page.Holds("there is something to save", $"!document.getElementById('export-{kind}').disabled");
        var seen = Stage.Browser.Saved();
        var shown = ((string)page.Run(ReadAndSave, kind)!).Split('\n').Select(line => line.Split('|')).Select(one => (one[0], one[1], one[2])).ToList();
        Assert.Equal(18, shown.Count);
        return (shown, await Stage.Browser.NewlySaved(kind, seen));
    }
}
