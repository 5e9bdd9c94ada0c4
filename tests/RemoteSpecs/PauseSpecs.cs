using Akka.Actor;
using Akka.Remote;
using Akka.Remote.Transport;
using TinyResilient.Shared.Messages;
using Xunit;

namespace RemoteSpecs;

/// <summary>A peer that is paused: its connection stays open, and nothing comes through.</summary>
public sealed class PauseSpecs : IAsyncLifetime
{
    const string Throttled = """akka.remote.dot-netty.tcp.applied-adapters = ["trttl"]""";

    Node _a = null!, _b = null!;

    public async Task InitializeAsync()
    {
        _b = await Node.Start(Names.ServiceB, config: Throttled);
        _a = await Node.Start(Names.ServiceA, config: Throttled);
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task A_pause_ends_the_connection_within_seconds_and_nobody_is_quarantined()
    {
        await _a.ProbeUntilAnswered(_b.Address);
        Assert.True(await Throttle(Blackhole.Instance));
        await _a.Events.First(seen => seen is DisassociatedEvent);
        await _b.Events.First(seen => seen is DisassociatedEvent);
        await _a.IsNotAnswered(_b.Address);

        Assert.True(await Throttle(Unthrottled.Instance));
        await _a.ProbeUntilAnswered(_b.Address);
        Assert.DoesNotContain(_a.Events.All.Concat(_b.Events.All), seen =>
            seen is QuarantinedEvent or ThisActorSystemQuarantinedEvent);
    }

    Task<bool> Throttle(ThrottleMode mode) =>
        ((IRemoteActorRefProvider)((ExtendedActorSystem)_a.System).Provider).Transport.ManagementCommand(
            new SetThrottle(_b.Address, ThrottleTransportAdapter.Direction.Both, mode));
}
