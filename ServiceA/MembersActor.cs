using Akka.Actor;
using Akka.Cluster;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;

namespace TinyResilient.ServiceA;

/// <summary>
/// Keeps the fleet as the cluster is: a worker that is up joins both lanes; one that leaves gets no attempt from then on, and
/// loses its connection only when it is gone, so that what is under way still ends. Holds no request.
/// </summary>
public sealed class MembersActor : ReceiveActor
{
    readonly Fleet fleet;
    readonly UpstreamNotes notes;
    readonly Dictionary<UniqueAddress, IActorRef> connections = [];
    long joined;

    public MembersActor(Fleet fleet, UpstreamNotes notes)
    {
        (this.fleet, this.notes) = (fleet, notes);
        Receive<ClusterEvent.MemberUp>(IsWorker, up => Join(up.Member));
        Receive<ClusterEvent.MemberRemoved>(IsWorker, removed => Remove(removed.Member));
        Receive<ClusterEvent.MemberLeft>(IsWorker, left => Leave(left.Member));
        Receive<ClusterEvent.MemberExited>(IsWorker, exited => Leave(exited.Member));
        Receive<ClusterEvent.MemberDowned>(IsWorker, downed => Leave(downed.Member));
        Receive<ClusterEvent.IMemberEvent>(_ => { }); // a gateway, or a worker that is not up yet
    }

    protected override void PreStart() => Cluster.Get(Context.System).Subscribe(
        Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));

    protected override void PostStop() => Cluster.Get(Context.System).Unsubscribe(Self);

    void Join(Member member)
    {
        if (connections.ContainsKey(member.UniqueAddress)) return;
        var (remote, http, address) = (RemoteOf(member), Membership.HttpOf(member)!, member.Address);
        var node = fleet.Join(remote);
        fleet.Join(http);
        notes.Joined(remote.ToString(), http);
        connections.Add(member.UniqueAddress, Context.ActorOf(
            ActorTree.OverConnection(Props.Create(() => new ConnectionActor(node, address, notes))), ActorTree.UpstreamName((int)joined++)));
    }

    void Leave(Member member)
    {
        if (!connections.ContainsKey(member.UniqueAddress)) return;
        fleet.Leave(RemoteOf(member), Membership.HttpOf(member)!);
        notes.Leaving(RemoteOf(member).ToString());
    }

    void Remove(Member member)
    {
        Leave(member);
        if (!connections.Remove(member.UniqueAddress, out var connection)) return;
        Context.Stop(connection);
        notes.Left(RemoteOf(member).ToString());
    }

    static bool IsWorker(ClusterEvent.IMemberEvent happened) =>
        happened.Member.HasRole(SafeCluster.Worker) && Membership.HttpOf(happened.Member) is not null;

    static NodeAddress RemoteOf(Member member) => new(member.Address.Host!, member.Address.Port!.Value);
}
