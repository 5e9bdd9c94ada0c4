using ProcessSpecs.Harness;
using Xunit;

namespace BrowserSpecs.Harness;

/// <summary>One lab as <c>tiny up</c> starts it and one browser, from the first spec on. All share them, one after the other.</summary>
public sealed class StageInBrowser : IDisposable
{
    readonly int portBase = Ports.Free(5);
    RunningProgram? lab;
    int shown;

    internal Browser Browser { get; private set; } = null!;
    internal Client A { get; private set; } = null!;
    internal Client B { get; private set; } = null!;
    internal Client Lab { get; private set; } = null!;

    internal string Address => $"http://localhost:{portBase + 4}";

    internal string AddressOfA => $"http://127.0.0.1:{portBase}";

    /// <summary>What the lab has written since this was last asked.</summary>
    internal string NewOutput()
    {
        var all = $"{lab}";
        var from = shown;
        shown = all.Length;
        return all[from..];
    }

    public void Dispose()
    {
        Browser?.Dispose();
        lab?.Dispose();
        foreach (var client in (Client?[])[A, B, Lab])
            client?.Dispose();
    }

    /// <summary>The command as the page shows it, for a lab on these ports.</summary>
    internal string Tiny => $"./tiny --port-base {portBase}";

    /// <summary>Everything as at the start: no page, no load, no fault, no change, no finished arm.</summary>
    internal async Task BeginAnew()
    {
        if (lab is null)
            await Start();
        Browser.CloseAll(Address);
        await Lab.Reset();
        Assert.Equal(200, (await Lab.Send(HttpMethod.Put, "/load", """{"on":false,"rate":20,"lanes":["actor","http"]}""")).Status);
        Assert.Equal(204, (await Lab.Send(HttpMethod.Delete, "/arms", null)).Status);
        await Lab.InContact();
    }

    async Task Start()
    {
        (A, B, Lab) = (new(portBase), new(portBase + 1), new(portBase + 4));
        lab = RunningProgram.Start("Lab", ["--port-base", $"{portBase}"], []);
        Browser = await Browser.Start();
    }
}

[CollectionDefinition(nameof(StageInBrowser))]
public sealed class StageInOneBrowser : ICollectionFixture<StageInBrowser>;
