using Akka.Actor;
using Akka.Hosting;
using Prometheus;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Http;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA;

/// <summary>Sets up ServiceA: remoting, one connection per ServiceB node, the gateway, and both lanes.</summary>
public static class GatewaySetup
{
    public static void AddGateway(
        this WebApplicationBuilder builder, ServiceSettings settings, UpstreamSettings upstream, KnobStore knobs)
    {
        var remoting = settings.Remoting(trustedPaths: []);
        builder.Services.AddSingleton(knobs);
        builder.Services.AddSingleton<UpstreamMetrics>();
        builder.Services.AddSingleton<UpstreamNotes>();
        builder.Services.AddSingleton<PendingCalls>();
        builder.Services.AddSingleton(services => new CallPath(
            services.GetRequiredService<UpstreamNodes>(), services.GetRequiredService<TimeProvider>(), new RetryBudget()));
        builder.Services.AddSingleton(services => LaneSetup.NewActorNodes(services, upstream));
        builder.Services.AddHttpLane(upstream);
        builder.Services.AddSingleton(services => new Lanes(
            LaneSetup.NewActorLane(services, knobs), LaneSetup.NewHttpLane(services, knobs)));
        builder.Services.AddAkka(Names.System, (akka, services) => akka
            .WithSafeRemoting(remoting)
            .WithActors((system, registry) =>
            {
                var nodes = services.GetRequiredService<UpstreamNodes>();
                var notes = services.GetRequiredService<UpstreamNotes>();
                var path = services.GetRequiredService<CallPath>();
                var pending = services.GetRequiredService<PendingCalls>();
                foreach (var (node, index) in nodes.All.Select((node, index) => (node, index)))
                {
                    var (host, port) = upstream.Nodes[index];
                    var address = remoting.AddressOf(Names.System, host, port);
                    var connection = Props.Create(() => new ConnectionActor(node, address, notes));
                    system.ActorOf(ActorTree.OverConnection(connection), ActorTree.UpstreamName(index));
                }
                system.ActorOf(Props.Create(() => new LateAnswersActor(nodes)), "late-answers");
                registry.Register<GatewayActor>(
                    system.ActorOf(Props.Create(() => new GatewayActor(path.Go, pending)), "gateway"));
            }));
        builder.Services.OutliveFailedHandshakes();
    }
}
