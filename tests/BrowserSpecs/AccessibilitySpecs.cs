using BrowserSpecs.Harness;
using Deque.AxeCore.Commons;
using OpenQA.Selenium;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BrowserSpecs;

/// <summary>axe-core finds nothing serious, whatever is on screen.</summary>
public sealed class AccessibilitySpecs(StageInBrowser stage, ITestOutputHelper screen) : StageSpec(stage, screen)
{
    static readonly string axe = new BundledAxeScriptProvider().GetScript();

    // One line for each element, with what is wrong about it
    const string Run = """
        const done = arguments[0];
        axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => done(violations.filter(({ impact }) => impact === "serious" || impact === "critical")
          .flatMap(({ id, impact, help, nodes }) => nodes.map(({ target, failureSummary }) => `${impact} ${id}: ${help}: ${target.join(" ")}: ${failureSummary}`)).join("\n")));
        """;

    [PosixBrowserTheory]
    [InlineData("presenter", "light")]
    [InlineData("presenter", "dark")]
    [InlineData("audience", "light")]
    [InlineData("audience", "dark")]
    public async Task Nothing_serious_is_wrong(string view, string theme)
    {
        var page = view == "presenter" ? await Presenter() : await Audience();
        while ((string)page.Run("return document.documentElement.dataset.theme")! != theme)
            page.Keys("t");
        AssertClean(page, "quiet");

        await Stage.Lab.Patch("""{"WORKERS":8,"HTTP_MAX_RETRIES":0}""");
        await Stage.Lab.Send(HttpMethod.Put, "/load", """{"on":true}""");
        await Stage.Lab.Send(HttpMethod.Put, "/faults", """[{"kind":"outage"}]""");
        await page.Shows("[data-lane=http] .breaker .word", "OPEN");
        page.Run("const advanced = document.getElementById('advanced'); if (advanced) advanced.open = true");
        AssertClean(page, "an outage");

        page.Keys("?");
        await page.Shows("#help", text => text.Contains("Keys", StringComparison.Ordinal), "the keys");
        AssertClean(page, "the keys are shown");
        page.Keys(Keys.Escape);

        Assert.Equal(204, (await Stage.Lab.Send(HttpMethod.Post, "/service-b", """{"do":"pause"}""")).Status);
        await page.Shows("[data-part=contact]", text => text.Contains("paused", StringComparison.Ordinal), "that ServiceB is paused");
        AssertClean(page, "ServiceB is paused");
    }

    static void AssertClean(Page page, string situation)
    {
        page.Run(axe);
        var wrong = (string)page.RunUntilCalled(Run)!;
        Assert.True(wrong == "", $"{situation}:\n{wrong}");
    }
}
