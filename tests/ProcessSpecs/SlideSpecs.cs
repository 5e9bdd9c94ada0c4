using System.Buffers.Binary;
using System.Text.RegularExpressions;
using ProcessSpecs.Harness;
using Xunit;

namespace ProcessSpecs;

/// <summary>Slides and page as a browser draws them, in the font that this machine has.</summary>
public sealed class SlideSpecs : IDisposable
{
    // Complains of each text that reaches over an edge, and of each pair that touches. Capitals are 0.73 high.
    const string Look = """
        const complaints = [];
        let texts = 0;
        for (const slide of document.querySelectorAll("svg[role=img]")) {
          const name = slide.previousElementSibling.textContent;
          const placed = [...slide.querySelectorAll("text")].map(text => {
            const box = text.getBBox(), size = Number(text.getAttribute("font-size")), foot = Number(text.getAttribute("y"));
            return { words: text.textContent, left: box.x, right: box.x + box.width, top: foot - 0.73 * size, foot };
          });
          texts += placed.length;
          placed.forEach((one, index) => {
            if (one.left < 0 || one.right > 1600 || one.top < 0 || one.foot > 900)
              complaints.push(`${name}: "${one.words}" reaches over an edge`);
            for (const other of placed.slice(index + 1))
              if (one.left < other.right && other.left < one.right && one.top < other.foot && other.top < one.foot)
                complaints.push(`${name}: "${one.words}" touches "${other.words}"`);
          });
        }
        document.getElementById("seen").textContent = `${texts} texts; ` + complaints.join("; ");
        """;

    readonly string _folder = Directory.CreateTempSubdirectory("tiny-slides-").FullName;

    static string Approved => Path.Combine(Programs.Repository, "tests", "Specs", "Lab", "Reports");

    [ChromiumFact]
    public async Task Words_of_every_kind_of_slide_stay_on_it_and_off_each_other_in_a_browser()
    {
        var slides = Directory.GetFiles(Approved, "*.approved.svg");
        var page = Path.Combine(_folder, "slides.html");
        await File.WriteAllTextAsync(page, "<!doctype html><meta charset=\"utf-8\"><body>"
            + string.Concat(slides.Select(slide => $"<h1>{Path.GetFileName(slide)}</h1>{File.ReadAllText(slide)}"))
            + $"<p id=\"seen\"></p><script>{Look}</script>");
        var (document, _) = await Chromium.Open(page);
        var seen = Regex.Match(document, "<p id=\"seen\">(?<texts>\\d+) texts; (?<complaints>[^<]*)</p>");
        Assert.Equal("", seen.Groups["complaints"].Value);
        Assert.Equal(slides.Sum(slide => Regex.Count(File.ReadAllText(slide), "<text ")), int.Parse(seen.Groups["texts"].Value));
    }

    [ChromiumFact]
    public async Task A_report_is_drawn_again_with_its_pictures_and_its_page_works_from_the_disk()
    {
        // Not the folder of the spec itself: a command that is killed leaves a draft beside its report.
        var report = Directory.CreateDirectory(Path.Combine(_folder, "report")).FullName;
        File.Copy(Path.Combine(Approved, "result.approved.json"), Path.Combine(report, "result.json"));
        using (var tiny = RunningProgram.Start("Lab", ["report", report], []))
            Assert.True(await tiny.ExitCode() == 0, tiny.ToString());
        var slides = Directory.GetFiles(report, "*.svg");
        Assert.Equal(3, slides.Length);
        Assert.All(slides, slide => Assert.Equal((1600, 900), SizeOf(Path.ChangeExtension(slide, ".png"))));

        var (document, console) = await Chromium.Open(Path.Combine(report, "report.html"));
        Assert.Empty(console);
        Assert.Equal(3, Regex.Count(document, "<svg [^>]*role=\"img\""));
        Assert.Single(Regex.Matches(document, "<canvas"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Width and height stand in the first chunk of a PNG.
    static (int Width, int Height) SizeOf(string picture)
    {
        var bytes = File.ReadAllBytes(picture);
        return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
    }
}
