using System.Globalization;
using BrowserSpecs.Harness;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BrowserSpecs;

/// <summary>What the room sees of faults, of supervision and of the breakers.</summary>
public sealed class FaultSpecs(StageInBrowser stage, ITestOutputHelper screen) : StageSpec(stage, screen)
{
    [BrowserFact]
    public async Task Corrupt_pressed_on_both_lanes_heals_in_one_and_decays_in_the_other()
    {
        await Stage.Lab.Patch("""{"FAILURE_RATE":0,"BASE_LATENCY_MS":1,"MAX_LATENCY_MS":1,"FAILURE_THRESHOLD":0,"WORKERS":8}""");
        var (presenter, audience) = (await Presenter(), await Audience());
        presenter.Keys("l");
        presenter.Type("#fault-corrupt-probability", "0.2");
        presenter.Leave();

        presenter.Click("#fault-corrupt");

        await presenter.Shows("#faults-set [data-fault=corrupt]", "corrupt, probability 0.2 ✕");
        await audience.Holds("every worker of lane http is sick",
            "document.querySelectorAll('[data-lane=http] .cell[data-state=corrupt]').length === 8");
        await audience.Shows("[data-lane=http] [data-part=success]", text => Number(text) < 30, "less than 30 %");
        await audience.Shows("[data-lane=actor] [data-part=success]", text => Number(text) > 90, "more than 90 %, once older answers are past");
        Assert.NotEqual("↻ 0 restarts", audience.Text("[data-lane=actor] [data-part=restarts]"));
        Assert.Equal("↻ 0 restarts", audience.Text("[data-lane=http] [data-part=restarts]"));
        await presenter.Shows("#ticker", text => text.Contains("restarted, it was corrupt", StringComparison.Ordinal)
            || text.Contains("restarted, all were corrupt", StringComparison.Ordinal), "what was restarted, and why");
    }

    [BrowserFact]
    public async Task A_breaker_says_that_it_is_open_counts_down_to_its_probe_and_is_half_open_and_closed_again()
    {
        const string Actor = "[data-lane=actor] .breaker";
        var (presenter, audience) = (await Presenter(), await Audience());
        await audience.Shows($"{Actor} .word", "CLOSED");
        var closed = (string)audience.Run(Lever)!;
        presenter.Keys("l");

        presenter.Type("#fault-hang-probability", "1"); // a probe that hangs is half-open for as long as an attempt may take
        presenter.Click("#fault-hang");
        presenter.Leave();

        await audience.Shows($"{Actor} .word", "OPEN");
        await audience.Shows($"{Actor} .probe", "probe in");
        var first = Number(await audience.Shows($"{Actor} .countdown", text => text != "", "seconds"));
        await audience.Shows($"{Actor} .countdown", text => text != "" && Number(text) < first, $"less than {first}");
        Assert.NotEqual(closed, audience.Run(Lever));
        await presenter.Shows("[data-lane=http] .breaker .word", "OPEN");
        await audience.Shows($"{Actor} .word", "HALF-OPEN");

        presenter.Keys("x");

        foreach (var lane in (string[])["actor", "http"])
            await audience.Shows($"[data-lane={lane}] .breaker .word", "CLOSED");
        await audience.Shows($"{Actor} .countdown", "");
    }

    // Shape as well as colour and word
    const string Lever = "return document.querySelector('[data-lane=actor] .breaker path').getAttribute('d')";

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
