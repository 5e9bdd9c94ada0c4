using System.Text.Json.Serialization;
using Akka.Actor;
using Akka.Hosting;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Http;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA;

/// <summary><c>/health</c> of ServiceA: degraded while a breaker is not closed, unhealthy while no node is connected.</summary>
public sealed record GatewayHealth(HealthStatus Status, string BreakerState, string Upstream) : Health(Status);

/// <summary>One ServiceB node in <c>/state</c>; lane <c>http</c> connects when it needs to, and knows nothing of a connection.</summary>
/// <param name="ProbeInMs">Until an open breaker lets a probe through; null unless it is open.</param>
public sealed record NodeState(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Connected,
    bool Accepting, string? Host, string BreakerState, double? ProbeInMs, AttemptCounts Attempts);

/// <summary>One lane in <c>/state</c>.</summary>
public sealed record LaneState(RequestCounts Requests, IReadOnlyDictionary<string, NodeState> Nodes);

/// <summary>What ServiceA shows of itself: <c>/state</c>.</summary>
public sealed record GatewayState(string Service, int Pid, IReadOnlyDictionary<string, LaneState> Lanes);

/// <summary>One lane of the ledger of ServiceA; attempts by node.</summary>
public sealed record LaneLedger(RequestCounts Requests, AttemptCounts Attempts, IReadOnlyDictionary<string, AttemptCounts> Nodes);

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

    public static void MapGateway(this WebApplication app, KnobStore knobs, IReadOnlyList<KnobClient> others)
    {
        var lanes = app.Services.GetRequiredService<Lanes>();
        app.MapLiveness();
        app.MapReadiness(() => lanes.Actor.Nodes.Any(node => node.IsAvailable)
            ? Readiness.Yes
            : Readiness.No($"not connected to service-b at {string.Join(", ", lanes.Actor.Nodes.Select(node => node.Address))}"));
        app.MapHealth(() => HealthOf(lanes));
        app.MapState(() => Task.FromResult<object>(
            new GatewayState(Names.ServiceA, Environment.ProcessId, lanes.By(StateOf))));
        app.MapGet("/ledger", () => Results.Json(new { Lanes = lanes.By(LedgerOf) }));
        app.MapPost("/reset", async (HttpContext http) =>
        {
            foreach (var other in others)
                if (!await other.Reset(http.RequestAborted))
                    return Problems.Of(503, $"{other.Service} at {other.Where} cannot be reset. Nothing was changed here.");
            knobs.Reset();
            foreach (var lane in lanes.All)
                lane.Reset();
            return Results.NoContent();
        });
        app.Lifetime.ApplicationStopping.Register(() =>
        {
            app.Services.GetRequiredService<IRequiredActor<GatewayActor>>().ActorRef.Tell(GatewayActor.Close.Now);
            app.Services.GetRequiredService<HttpGateway>().Close();
        });
    }

    static GatewayHealth HealthOf(Lanes lanes)
    {
        var worst = lanes.All.SelectMany(lane => lane.Nodes).Select(node => node.BreakerState)
            .OrderBy(state => state == "closed").First();
        var isConnected = lanes.Actor.Nodes.Any(node => node.IsAvailable);
        var status = !isConnected ? HealthStatus.Unhealthy : worst == "closed" ? HealthStatus.Healthy : HealthStatus.Degraded;
        return new GatewayHealth(status, worst, isConnected ? "connected" : "not connected");
    }

    static LaneState StateOf(Lane lane) => new(lane.Books.Counts(), lane.Nodes.ToDictionary(
        node => node.Address,
        node => new NodeState(node.HasConnection, node.IsAvailable, node.Host, node.BreakerState,
            node.ProbeIn is { } left ? Math.Round(left.TotalMilliseconds) : null, node.Ledger.Counts())));

    static LaneLedger LedgerOf(Lane lane)
    {
        var byNode = lane.Nodes.ToDictionary(node => node.Address, node => node.Ledger.Counts());
        return new LaneLedger(lane.Books.Counts(), byNode.Values.Aggregate((sum, one) => sum + one), byNode);
    }
}
