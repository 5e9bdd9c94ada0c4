using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BrowserSpecs.Harness;

/// <summary>
/// A spec of the stage's pages. It begins with everything as at the start, and ends with what holds for all of them: no page has
/// complained on its console, and none has asked another host.
/// </summary>
[Collection(nameof(StageInBrowser))]
public abstract class StageSpec(StageInBrowser stage, ITestOutputHelper screen) : IAsyncLifetime
{
    internal StageInBrowser Stage => stage;

    /// <summary>What the browser itself writes to the console when a change is refused, as far as the spec means it to be.</summary>
    protected virtual bool IsMeant(string complaint) => false;

    public Task InitializeAsync() => stage.BeginAnew();

    public Task DisposeAsync()
    {
        screen.WriteLine(stage.NewOutput());
        var own = new Uri(stage.Address).Authority;
        Assert.DoesNotContain(stage.Browser.Complaints(), complaint => !IsMeant(complaint));
        Assert.DoesNotContain(stage.Browser.Asked(), asked => asked.Authority != own);
        return Task.CompletedTask;
    }

    private protected async Task<Page> Presenter()
    {
        var page = Open("/");
        await page.Shows("#version", text => text != "", "the version");
        await page.Holds("the knobs are there", "document.getElementById('knob-MAX_RETRIES') !== null");
        await page.Holds("a frame was drawn", "document.getElementById('knob-MAX_RETRIES').value !== ''");
        return page;
    }

    private protected async Task<Page> Audience()
    {
        var page = Open("/stage");
        await page.Holds("a frame was drawn", "document.querySelector('.breaker[data-state]') !== null");
        return page;
    }

    Page Open(string path) => stage.Browser.Open(stage.Address + path);
}
