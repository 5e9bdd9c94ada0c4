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
        var remoting = settings.ClusterRemoting();
        builder.Services.AddSingleton(knobs);
        builder.Services.AddSingleton<UpstreamMetrics>();
        builder.Services.AddSingleton<UpstreamNotes>();
        builder.Services.AddSingleton<PendingCalls>();
        builder.Services.AddLanes(knobs, settings.ControlToken);
        builder.Services.AddAkka(Names.System, (akka, services) => akka
            .WithSafeRemoting(remoting)
            .WithSafeCluster(settings.Cluster, remoting, [SafeCluster.Gateway])
            .WithActorSettings(services)
            .WithActors((system, registry) =>
            {
                var actors = services.GetRequiredService<NodesInTurn<ServiceBNode>>();
                var path = services.GetRequiredService<CallPath>();
                var pending = services.GetRequiredService<PendingCalls>();
                FleetSetup.Fill(system, services, settings, upstream, remoting);
                system.ActorOf(Props.Create(() => new LateAnswersActor(actors)), "late-answers");
                registry.Register<GatewayActor>(
                    system.ActorOf(Props.Create(() => new GatewayActor(path.Go, pending)), "gateway"));
            }));
        builder.Services.AddMembership();
        builder.Services.OutliveFailedHandshakes();
    }
}
