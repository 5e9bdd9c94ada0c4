using Akka.Actor;
using Akka.Event;
using Akka.Remote;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// Finds one ServiceB node, keeps probing it, and stops when it is gone; its BackoffSupervisor then searches again. Holds
/// no request: requests wait at the node, so that nothing is lost with this actor's mailbox. Never watches a remote
/// actor: over plain remoting a pause of the peer would end in a quarantine that does not heal.
/// </summary>
public sealed class ConnectionActor : ReceiveActor, IWithTimers
{
    public static readonly TimeSpan ProbePeriod = TimeSpan.FromMilliseconds(250);
    public static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(3);
    readonly ServiceBNode node;
    readonly Address address;
    readonly ActorSelection pool;
    readonly UpstreamNotes notes;
    bool isAssociated;

    public ConnectionActor(ServiceBNode node, Address address, UpstreamNotes notes)
    {
        (this.node, this.address, this.notes) = (node, address, notes);
        pool = Context.ActorSelection(new RootActorPath(address) + Names.ActorPoolPath[1..]);
        Receive<SendProbe>(_ => pool.Tell(new Probe()));
        Receive<Probed>(Found);
        Receive<Silence>(_ => Doubt());
        Receive<AssociatedEvent>(IsOurs, _ => isAssociated = true);
        Receive<DisassociatedEvent>(IsOurs, _ => Lose("the connection was closed"));
        Receive<AssociationErrorEvent>(IsOurs, error => Lose(error.Cause.GetBaseException().Message));
        Receive<RemotingLifecycleEvent>(_ => { }); // of another node, or of no concern
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe<RemotingLifecycleEvent>(Self);
        Self.Tell(new SendProbe());
        Timers.StartPeriodicTimer("probe", new SendProbe(), ProbePeriod);
        Stay();
    }

    protected override void PostStop()
    {
        Context.System.EventStream.Unsubscribe(Self);
        node.Lost();
    }

    // slide: connection
    void Found(Probed probed)
    {
        Stay();
        if (!node.IsConnected)
            notes.Connected(node.Address, probed.Host);
        // Sender is the pool of this very incarnation
        node.Connected(probed, Sender);
    }

    void Doubt()
    {
        if (node.IsConnected && node.HasAnsweredWithin(SilenceLimit))
            Stay(); // the probe only waits behind much work
        else
            Lose(isAssociated && !node.IsConnected
                ? WrongName
                : "it does not answer");
    }

    void Lose(string why)
    {
        notes.Gone(node.Address, why);
        Context.Stop(Self); // the BackoffSupervisor's turn
    }
    // end of slide

    void Stay() => Timers.StartSingleTimer("silence", new Silence(), SilenceLimit);

    string WrongName => $"something answers at {node.Address}, but not to that name: "
        + "SERVICE_B must equal ServiceB's REMOTE_PUBLIC_HOST:REMOTE_PORT to the letter";

    bool IsOurs(AssociationEvent happened) => happened.RemoteAddress == address;

    sealed record SendProbe : INotInfluenceReceiveTimeout;
    sealed record Silence : INotInfluenceReceiveTimeout;
}
