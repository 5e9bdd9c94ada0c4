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
        page.Keys("0");
        await page.Shows("[data-part=contact]", "");
        await Stage.Frame("known good", frame => !(bool)frame["load"]!["on"]! && frame["faults"]!.AsArray().Count == 0);
    }
}
