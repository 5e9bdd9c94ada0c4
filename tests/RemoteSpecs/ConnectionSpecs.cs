using Akka.Actor;
using Akka.Remote;
using TinyResilient.Shared.Messages;
using Xunit;

namespace RemoteSpecs;

/// <summary>What ServiceA sees when ServiceB comes, goes, comes back, pauses, or has another name.</summary>
public sealed class ConnectionSpecs : IAsyncLifetime
{
    Node _a = null!, _b = null!;

    public async Task InitializeAsync()
    {
        _b = await Node.Start(Names.ServiceB);
        _a = await Node.Start(Names.ServiceA);
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    [Fact]
    public async Task A_peer_that_is_not_there_is_an_association_error()
    {
        await _b.DisposeAsync();
        _a.PoolAt(_b.Address).Tell(new Probe());
        var error = Assert.IsType<AssociationErrorEvent>(await _a.Events.First(_ => true));
        Assert.Equal(_b.Address, error.RemoteAddress);
        Assert.Contains("refused", error.Cause.GetBaseException().Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_a.Log.All, line => line.Contains("refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_peer_that_stops_is_disassociated_and_one_that_starts_is_associated()
    {
        await _a.ProbeUntilAnswered(_b.Address);
        await _a.Events.First(seen => seen is AssociatedEvent);
        _a.Events.Clear();
        await Restart();
        await _a.Events.First(seen => seen is DisassociatedEvent);
        await _a.ProbeUntilAnswered(_b.Address);
        await _a.Events.First(seen => seen is AssociatedEvent);
    }

    [Fact]
    public async Task A_reference_dies_with_its_incarnation_and_the_answer_to_a_probe_brings_a_new_one()
    {
        var (before, old) = await Find();
        await Restart();
        await _a.ProbeUntilAnswered(_b.Address);
        var (after, fresh) = await Find();
        Assert.NotEqual(before.Incarnation, after.Incarnation);
        await Assert.ThrowsAsync<AskTimeoutException>(() => old.Ask(new Probe(), TimeSpan.FromSeconds(1)));
        Assert.Equal(after, await fresh.Ask<Probed>(new Probe(), TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_peer_under_another_name_connects_and_does_not_answer()
    {
        var wrong = _b.Address.WithHost("localhost");
        await AssociateWith(wrong);
        _a.Events.Clear();
        await _a.IsNotAnswered(wrong);
        Assert.DoesNotContain(_a.Events.All, seen => seen is DisassociatedEvent or AssociationErrorEvent);
        await _b.Log.First(line => line.Contains("for non-local recipient", StringComparison.Ordinal));
        await _a.ProbeUntilAnswered(_b.Address);
    }

    [Fact]
    public async Task A_quarantine_heals()
    {
        await _a.ProbeUntilAnswered(_b.Address);
        var uid = AddressUidExtension.Uid(_a.System);
        ((IRemoteActorRefProvider)((ExtendedActorSystem)_b.System).Provider).Quarantine(_a.Address, uid);
        await _b.Events.First(seen => seen is QuarantinedEvent);
        await _a.ProbeUntilAnswered(_b.Address);
    }

    async Task<(Probed Probed, IActorRef Pool)> Find()
    {
        var found = new TaskCompletionSource<(Probed, IActorRef)>();
        var finder = _a.System.ActorOf(Props.Create(() => new Finder(found)));
        _a.PoolAt(_b.Address).Tell(new Probe(), finder);
        return await found.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    // As ServiceA does: a first dial may be lost on a busy machine, and Akka does not repeat it.
    async Task AssociateWith(Address address)
    {
        using var probes = new Cancelable(_a.System.Scheduler);
        _a.System.Scheduler.ScheduleTellRepeatedly(
            TimeSpan.Zero, TimeSpan.FromMilliseconds(250), _a.PoolAt(address), new Probe(), ActorRefs.NoSender, probes);
        await _a.Events.First(seen => seen is AssociatedEvent { RemoteAddress: var to } && to == address);
        probes.Cancel();
    }

    async Task Restart()
    {
        var port = _b.Address.Port!.Value;
        await _b.DisposeAsync();
        _b = await Node.Start(Names.ServiceB, port);
    }
}
