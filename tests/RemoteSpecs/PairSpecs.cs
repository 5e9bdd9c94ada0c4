using Akka.Remote;
using TinyResilient.Shared.Messages;
using Xunit;

namespace RemoteSpecs;

/// <summary>Specs with a fresh ServiceA and ServiceB that have already talked.</summary>
public abstract class PairSpecs : IAsyncLifetime
{
    private protected Node A { get; private set; } = null!;

    private protected Node B { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        B = await Node.Start(Names.ServiceB);
        A = await Node.Start(Names.ServiceA);
        await A.ProbeUntilAnswered(B.Address);
        await A.Events.First(seen => seen is AssociatedEvent); // told by another actor, perhaps after the answer
        A.Events.Clear();
        B.Log.Clear();
        B.Received.Clear();
    }

    public async Task DisposeAsync()
    {
        await A.DisposeAsync();
        await B.DisposeAsync();
    }

    /// <summary>The good peer is served, over the connection that it had before.</summary>
    private protected async Task GoodPeerIsStillServed()
    {
        Assert.Equal("host-b", (await A.Probe(B.Address)).Host);
        Assert.Empty(A.Events.All);
    }

    private protected async Task IsLoggedOnce(string what)
    {
        var line = await B.Log.First(line => line.Contains(what, StringComparison.Ordinal));
        await GoodPeerIsStillServed();
        Assert.Equal([line], B.Log.All);
        Assert.DoesNotContain('\n', line);
    }
}
