using Akka.Actor;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA;

/// <summary>
/// Where the ServiceB nodes come from: from the members of a cluster, or from SERVICE_B and SERVICE_B_URL, and then they never
/// change. Nothing else in ServiceA knows which of both it is.
/// </summary>
static class FleetSetup
{
    public static void Fill(ActorSystem system, IServiceProvider services, ServiceSettings settings, UpstreamSettings upstream, RemotingOptions remoting)
    {
        var fleet = services.GetRequiredService<Fleet>();
        var notes = services.GetRequiredService<UpstreamNotes>();
        if (settings.Cluster is not null)
        {
            system.ActorOf(Props.Create(() => new MembersActor(fleet, notes)), "members");
            return;
        }
        foreach (var (listed, index) in upstream.Nodes.Select((node, index) => (node, index)))
        {
            var (node, address) = (fleet.Join(listed), remoting.AddressOf(Names.System, listed.Host, listed.Port));
            var connection = Props.Create(() => new ConnectionActor(node, address, notes));
            system.ActorOf(ActorTree.OverConnection(connection), ActorTree.UpstreamName(index));
        }
        foreach (var url in upstream.Urls)
            fleet.Join(url);
    }
}
