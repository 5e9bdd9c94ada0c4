using BrowserSpecs.Harness;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BrowserSpecs;

/// <summary>What the pages show when a service's process is not well.</summary>
public sealed class ServiceSpecs(StageInBrowser stage, ITestOutputHelper screen) : StageSpec(stage, screen)
{
    const string Contact = "[data-part=contact]";

    [PosixBrowserFact]
    public async Task The_death_of_service_b_is_shown_and_its_return()
    {
        var (presenter, audience) = (await Presenter(), await Audience());
        var pid = (int)(await Stage.B.Get("/state")).Json["pid"]!;

        audience.Remember(Contact); // it is back within seconds

        Signals.Send(pid, Signal.Kill);

        await audience.HasShown("lost contact with ServiceB");
        await Until.Fact("it is another process", async () => await Stage.B.Get("/state") is { Status: 200 } now && (int)now.Json["pid"]! != pid);
        foreach (var page in (Page[])[presenter, audience])
            await page.Shows(Contact, "");
        await presenter.Shows("#ticker", text => text.Contains("service-b died (killed by SIGKILL)", StringComparison.Ordinal)
            && text.Contains("service-b is back, a new process", StringComparison.Ordinal), "that it died and is back");
    }
}
