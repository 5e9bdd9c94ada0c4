using BrowserSpecs.Harness;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BrowserSpecs;

/// <summary>What the pages show of the traffic, and that what is turned on them turns it.</summary>
public sealed class TrafficSpecs(StageInBrowser stage, ITestOutputHelper screen) : StageSpec(stage, screen)
{
    // The tones of both lanes on the chart's canvas
    const string DrawnPixels = """
        const canvas = document.querySelector("#chart canvas");
        const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
        copy.drawImage(canvas, 0, 0);
        const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
        const count = ([r, g, b]) => { let n = 0; for (let i = 0; i < data.length; i += 4) n += data[i] === r && data[i + 1] === g && data[i + 2] === b; return n; };
        return Math.min(count([0x44, 0x77, 0xAA]), count([0xEE, 0x66, 0x77]));
        """;

    [BrowserFact]
    public async Task Traffic_is_drawn()
    {
        var (presenter, audience) = (await Presenter(), await Audience());
        foreach (var page in (Page[])[presenter, audience])
            foreach (var lane in (string[])["actor", "http"])
                await page.Shows($"[data-lane={lane}] [data-part=waiting]", "Waiting for traffic");

        presenter.Click("#load-toggle");

        foreach (var page in (Page[])[presenter, audience])
        {
            foreach (var lane in (string[])["actor", "http"])
                await page.Shows($"[data-lane={lane}] [data-part=success]", text => double.TryParse(text, out var percent) && percent > 0, "a success");
            await Until.Fact("both lines are drawn", () => Task.FromResult((long)page.Run(DrawnPixels)!), drawn => drawn > 20);
        }
    }

    [BrowserFact]
    public async Task A_knob_changed_on_the_page_changes_the_measured_success()
    {
        var page = await Presenter();
        page.Type("#knob-FAILURE_RATE", "0\n");
        page.Leave();
        page.Keys("l");
        await page.Shows("[data-lane=actor] [data-part=success]", "100");
        await page.Shows("[data-lane=http] [data-part=success]", "100");

        page.Type("#knob-FAILURE_RATE", "0.95\n");

        await page.Shows("#answer", "✔ done");
        await page.Shows("#same", $"{Stage.Tiny} set FAILURE_RATE=0.95");
        await page.Shows("[data-lane=actor] [data-part=success]", text => double.Parse(text) < 60, "less than 60");
        await page.Shows("[data-lane=http] [data-part=success]", text => double.Parse(text) < 60, "less than 60");
        Assert.Equal(0.95, (double)await Stage.B.Knob("FAILURE_RATE"));
    }
}
