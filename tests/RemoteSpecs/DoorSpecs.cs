using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace RemoteSpecs;

/// <summary>More connections at the remoting port than there may be.</summary>
public sealed class DoorSpecs : IAsyncLifetime
{
    const string Said = "connections of the remoting port are open";

    Node _b = null!, _a = null!;

    public async Task InitializeAsync()
    {
        _b = await Node.Start(Names.ServiceB, config: $"{GuardedTransport.MaxConnections} = 4");
        _a = await Node.Start(Names.ServiceA);
        await _a.ProbeUntilAnswered(_b.Address);
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task Who_says_nothing_makes_room_the_oldest_first_and_who_introduces_itself_gets_in()
    {
        var strangers = new List<RawPeer>();
        for (var number = 0; number < 50; number++)
            strangers.Add(await RawPeer.Connect(_b.Address));
        using (var newcomer = await RawPeer.Introduce(_b.Address))
            await newcomer.ReadFrame(); // a heartbeat
        foreach (var stranger in strangers)
            await stranger.IsEnded();
        await IsServedAndSaidOnce();
    }

    [Fact]
    public async Task Half_a_frame_is_no_introduction()
    {
        var strangers = new List<RawPeer>();
        for (var number = 0; number < 50; number++)
        {
            strangers.Add(await RawPeer.Connect(_b.Address));
            await strangers[^1].SendHalf();
        }
        foreach (var stranger in strangers)
            await stranger.IsEnded();
        await IsServedAndSaidOnce();
    }

    [Fact]
    public async Task Where_all_have_introduced_themselves_who_comes_is_closed()
    {
        var peers = new List<Node>();
        for (var number = 0; number < 3; number++)
        {
            peers.Add(await Node.Start(Names.ServiceA));
            await peers[^1].ProbeUntilAnswered(_b.Address);
        }
        using var stranger = await RawPeer.Connect(_b.Address);
        await stranger.IsEnded();
        await IsServedAndSaidOnce();
        foreach (var peer in peers)
        {
            Assert.Equal("host-b", (await peer.Probe(_b.Address)).Host);
            Assert.DoesNotContain(peer.Events.All, one => one is Akka.Remote.DisassociatedEvent);
            await peer.DisposeAsync();
        }
    }

    [Fact]
    public async Task After_a_thousand_that_came_and_went_all_places_are_free()
    {
        for (var number = 0; number < 1000; number++)
            (await RawPeer.Connect(_b.Address)).Dispose();
        using var newcomer = await RawPeer.Introduce(_b.Address);
        await newcomer.ReadFrame();
        Assert.Equal("host-b", (await _a.Probe(_b.Address)).Host);
    }

    async Task IsServedAndSaidOnce()
    {
        var line = await _b.Log.First(line => line.Contains(Said, StringComparison.Ordinal));
        Assert.Single(_b.Log.All, line);
        Assert.Equal("host-b", (await _a.Probe(_b.Address)).Host);
        Assert.DoesNotContain(_a.Events.All, one => one is Akka.Remote.DisassociatedEvent);
    }
}
