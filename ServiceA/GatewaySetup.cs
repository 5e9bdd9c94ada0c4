using Akka.Actor;
using Akka.Hosting;
using Prometheus;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA;

/// <summary>Sets up the actor system of ServiceA: remoting, one connection per ServiceB node, the gateway.</summary>
public static class GatewaySetup
{
    public static void AddGateway(
        this WebApplicationBuilder builder, ServiceSettings settings, UpstreamSettings upstream, KnobStore knobs)
    {
        var remoting = settings.Remoting(trustedPaths: []);
        builder.Services.AddSingleton(knobs);
        builder.Services.AddSingleton<RequestBooks>();
        builder.Services.AddSingleton<UpstreamMetrics>();
        builder.Services.AddSingleton<UpstreamNotes>();
        builder.Services.AddSingleton<PendingCalls>();
        builder.Services.AddSingleton<CallPath>();
        builder.Services.AddSingleton<ProcessEndpoint>();
        builder.Services.AddSingleton(services => new UpstreamNodes(
            [.. upstream.Nodes.Select(address => NewNode(services, address.ToString(), knobs))]));
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

    static ServiceBNode NewNode(IServiceProvider services, string address, KnobStore knobs)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var metrics = new NodeMetrics(services.GetRequiredService<UpstreamMetrics>(), address);
        var log = services.GetRequiredService<ILogger<NodeBreaker>>();
        NodeBreaker breaker = null!;
        breaker = new NodeBreaker(services.GetRequiredService<ActorSystem>().Scheduler, turnedTo =>
        {
            metrics.Turned(turnedTo, now: breaker.State);
            log.LogInformation("breaker of {Node}: {State}", address, turnedTo);
        });
        breaker.Tune(GatewayKnobs.From(knobs.Current));
        knobs.Changed += (_, now) => breaker.Tune(GatewayKnobs.From(now));
        return new ServiceBNode(address, breaker, new AttemptLedger(time), metrics, time);
    }
}
