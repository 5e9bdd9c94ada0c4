using Akka.Actor;
using Akka.Hosting;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Http;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA;

/// <summary>Probes, state, ledger and reset of ServiceA.</summary>
public static class GatewayEndpoints
{
    public static void MapProcess(this WebApplication app)
    {
        var lanes = app.Services.GetRequiredService<Lanes>();
        Map("/process", lanes.Actor);
        Map("/process/http", lanes.Http);

        void Map(string path, Lane lane) => app.MapGet(path,
            new ProcessEndpoint(lane, app.Services.GetRequiredService<TimeProvider>()).Process).RefuseUnknownQuery("trace");
    }

    public static void MapGateway(this WebApplication app, KnobStore knobs, Func<IReadOnlyList<KnobClient>> others)
    {
        var lanes = app.Services.GetRequiredService<Lanes>();
        var membership = app.Services.GetRequiredService<Membership>();
        var pauses = app.Services.GetRequiredService<PauseMeter>();
        app.MapLiveness();
        app.MapReadiness(() => membership.Readiness is { Ready: false } outside ? outside : ReadinessOf(lanes.Actor));
        app.MapHealth(() => HealthOf(lanes));
        app.MapState(() => Task.FromResult<object>(new GatewayState(Names.ServiceA, Environment.ProcessId,
            Math.Round(pauses.Longest.TotalMilliseconds), Math.Round(pauses.MeanLateness.TotalMilliseconds, 1),
            pauses.StoodStill, lanes.By(StateOf))));
        app.MapGet("/ledger", () => Results.Json(new { Lanes = lanes.By(LedgerOf) }));
        app.MapPost("/reset", async (HttpContext http) =>
        {
            if (await UpstreamKnobs.Reset(others(), http.RequestAborted) is { } failure)
                return failure;
            knobs.Reset();
            foreach (var lane in lanes.All)
                lane.Reset();
            pauses.Reset();
            return Results.NoContent();
        });
        pauses.WentOn += still => app.Logger.LogWarning("service-a {StoodStill}{Consequence}", still.Words, still.NotCounted == 0
            ? "" : $"; what ran out because of it does not count for the breaker: {still.NotCounted} times");
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            app.Services.GetRequiredService<IRequiredActor<GatewayActor>>().ActorRef.Tell(GatewayActor.Close.Now);
            app.Services.GetRequiredService<HttpGateway>().Close();
        });
    }

    static Readiness ReadinessOf(Lane lane) =>
        lane.Nodes.Any(node => node.IsAvailable) ? Readiness.Yes
        : lane.Nodes is [] ? Readiness.No("no service-b is a member of the cluster")
        : Readiness.No($"not connected to service-b at {string.Join(", ", lane.Nodes.Select(node => node.Address))}");

    static GatewayHealth HealthOf(Lanes lanes)
    {
        var worst = lanes.All.SelectMany(lane => lane.Nodes).Select(node => node.BreakerState)
            .OrderBy(state => state == "closed").FirstOrDefault("closed");
        var isConnected = lanes.Actor.Nodes.Any(node => node.IsAvailable);
        var status = !isConnected ? HealthStatus.Unhealthy : worst == "closed" ? HealthStatus.Healthy : HealthStatus.Degraded;
        return new GatewayHealth(status, worst, isConnected ? "connected" : "not connected");
    }

    static LaneState StateOf(Lane lane)
    {
        var attempts = lane.Attempts;
        var there = attempts.Present;
        return new(lane.Books.Counts(), ByNode(attempts, node => new NodeState(
            node.HasConnection, there.Contains(node) && node.IsAvailable, node.Host, node.BreakerState,
            node.ProbeIn is { } left ? Math.Round(left.TotalMilliseconds) : null, node.Ledger.Counts(),
            HasLeft: there.Contains(node) ? null : true),
            older => new NodeState(null, Accepting: false, null, "closed", null, older, HasLeft: true)));
    }

    static LaneLedger LedgerOf(Lane lane)
    {
        var byNode = ByNode(lane.Attempts, node => node.Ledger.Counts(), older => older);
        return new LaneLedger(lane.Books.Counts(), byNode.Values.Aggregate(AttemptCounts.None, (sum, one) => sum + one), byNode);
    }

    static Dictionary<string, T> ByNode<T>(LaneBooks attempts, Func<UpstreamNode, T> what, Func<AttemptCounts, T> ofOlder)
    {
        var byNode = attempts.Nodes.ToDictionary(node => node.Address, what);
        if (attempts.Older != AttemptCounts.None) byNode.Add("gone", ofOlder(attempts.Older));
        return byNode;
    }
}
