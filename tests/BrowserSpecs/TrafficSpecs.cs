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
    public async Task The_newest_four_arms_have_words_and_older_ones_stay_as_thin_lines()
    {
        var page = await Presenter();
        var words = page.RunUntilCalled("""
            const done = arguments[0];
            const arm = (name, lane) => ({ scenario: "corrupt", arm: name, lane, label: name, curve: [[0, 100], [9, 50]], prediction: [[0, 90]] });
            const history = { seconds: [], marks: [], arms: ["first", "2", "3", "4"].flatMap(name => [arm(name, "actor"), arm(name, "http")]) };
            const act = { scenario: "corrupt", arm: "now", waiting: "warming up", index: 5, of: 9, seconds: 9 };
            import("/assets/lines.js").then(({ linesOf }) => done(linesOf(history, { act, now_ms: 0, prediction: null }).lines
                .map(({ name, label, width }) => `${name}: ${label ?? "-"} ${width > 2 ? "thick" : "thin"}`).join("; ")));
            """);

        Assert.StartsWith("first, actor: - thin; first, http: - thin; 2, actor, predicted: - thick; 2, actor: 2 thick; ", (string)words!);
    }

    [BrowserFact]
    public async Task The_word_that_tells_the_lane_stays_where_a_label_is_too_long()
    {
        var page = await Presenter();
        Assert.Equal("defaults … Polly|short, Polly", page.RunUntilCalled("""
            const done = arguments[0];
            import("/assets/labels.js").then(({ inOneRow }) => done(["defaults against defaults, Polly", "short, Polly"]
                .map(text => inOneRow(text, 20, row => row.length)).join("|")));
            """));
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
