using BrowserSpecs.Harness;
using OpenQA.Selenium;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BrowserSpecs;

/// <summary>What can be done without a mouse.</summary>
public sealed class KeySpecs(StageInBrowser stage, ITestOutputHelper screen) : StageSpec(stage, screen)
{
    [PosixBrowserFact]
    public async Task Every_kind_of_key_of_the_presenter_does_what_it_says()
    {
        var page = await Presenter();
        page.Keys("?");
        await page.Shows("#help", text => text.Contains("back to known good", StringComparison.Ordinal), "the keys");
        page.Keys("l"); // a key is none while they are read
        page.Keys(Keys.Escape);
        await page.Shows("#help", "");

        page.Keys("l+b");
        await page.Shows("#load-toggle", "■ Stop");
        await page.Holds("faster, and to one lane", "document.querySelector('#load-rate').value === '30' && document.querySelector('#load-lanes').value === 'actor'");
        page.Keys("-");
        await page.Holds("slower", "document.querySelector('#load-rate').value === '20'");

        page.Keys("m");
        page.Keys($"l 0 p{Keys.Enter}"); // nor while something is typed
        await page.Shows("#ticker", text => text.Contains("l 0 p", StringComparison.Ordinal), "the mark");

        page.Keys("wE");
        await page.Shows("#faults-set", text => text.Contains("error, ", StringComparison.Ordinal) && text.Contains("lane actor", StringComparison.Ordinal), "the fault, in one lane");
        page.Keys("x");
        await page.Shows("#faults-none", "No fault is set.");

        page.Keys($"/jit{Keys.Enter}");
        await page.Holds("the knob is found", "document.activeElement.id === 'knob-JITTER'");
        page.Leave();
        page.Keys("t");
        await page.Holds("light", "document.documentElement.dataset.theme === 'light'");

        page.Keys("p");
        await page.Shows("[data-part=contact]", text => text.Contains("ServiceB is paused", StringComparison.Ordinal), "that it is paused");
        page.Keys("p");
        await page.Shows("[data-part=contact]", "");

        var before = await LastReset();
        page.Keys("0");
        await page.Shows("#load-toggle", "▶ Start");
        await Until.Fact("it is done", LastReset, at => at > before);
    }

    [BrowserFact]
    public async Task A_scenario_begins_and_ends_by_key_and_both_pages_show_it()
    {
        var (presenter, audience) = (await Presenter(), await Audience());
        presenter.Keys("s");
        await presenter.Shows("#act-now", text => text.StartsWith("corrupt, ", StringComparison.Ordinal), "the scenario");
        await audience.Shows("#chart-title", text => text.StartsWith("corrupt, 1 of ", StringComparison.Ordinal), "its first arm");
        await audience.Shows("#prediction", text => text.StartsWith("┄ predicted: ", StringComparison.Ordinal), "what is predicted");
        await audience.Shows("[data-lane=http] [data-part=success]", text => text != "", "a success");
        presenter.Keys(".");
        await presenter.Shows("#act-now", "");
        await Stage.Lab.Frame("the load has ended with it", frame => frame["act"] is null && !(bool)frame["load"]!["on"]!);
    }

    [PosixBrowserFact]
    public async Task The_audiences_page_obeys_keys_as_well_and_says_what_it_did()
    {
        var page = await Audience();
        page.Keys("l");
        await page.Shows("#note", text => text.Contains("curl -X PUT", StringComparison.Ordinal), "the command that does the same");
        page.Keys("E");
        await page.Shows("#note", text => text.Contains("break error", StringComparison.Ordinal), "the command that does the same");
        page.Keys("i");
        await page.Shows("[data-lane=actor] [data-part=p95]", text => text != "", "more numbers");
        page.Keys("v");
        await page.Shows("#ticker", text => text.Contains("error", StringComparison.Ordinal), "what happened");
        page.Keys("v");
        await page.Shows("#ticker", "");
        page.Keys("k");
        await page.Shows("[data-part=contact]", text => text.Contains("ServiceB", StringComparison.Ordinal), "that it is lost");
        var before = await LastReset();
        page.Keys("0");
        await Until.Fact("it is done", LastReset, at => at > before);
        await page.Shows("[data-part=contact]", "");
        await Stage.Lab.Frame("known good", frame => !(bool)frame["load"]!["on"]! && frame["faults"]!.AsArray().Count == 0);
    }

    // The next spec's changes must not be met by a reset of this one
    async Task<double> LastReset() => (await Stage.Lab.Get("/history")).Json["events"]!.AsArray()
        .Where(one => $"{one!["text"]}" == "everything is as at the start").Select(one => (double)one!["t_ms"]!).DefaultIfEmpty().Max();
}
