using Akka.Actor;
using Akka.Hosting;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA;

/// <summary><c>/health</c> of ServiceA: degraded while a breaker is not closed, unhealthy while no node is connected.</summary>
public sealed record GatewayHealth(HealthStatus Status, string BreakerState, string Upstream) : Health(Status);

/// <summary>One ServiceB node in <c>/state</c>.</summary>
public sealed record NodeState(bool Connected, bool Accepting, string? Host, string BreakerState, AttemptCounts Attempts);

/// <summary>One lane in <c>/state</c>.</summary>
public sealed record LaneState(RequestCounts Requests, IReadOnlyDictionary<string, NodeState> Nodes);

/// <summary>What ServiceA shows of itself: <c>/state</c>.</summary>
public sealed record GatewayState(string Service, int Pid, IReadOnlyDictionary<string, LaneState> Lanes);

/// <summary>One lane of the ledger of ServiceA; attempts by node.</summary>
public sealed record LaneLedger(RequestCounts Requests, AttemptCounts Attempts, IReadOnlyDictionary<string, AttemptCounts> Nodes);

/// <summary>Probes, state, ledger and reset of ServiceA.</summary>
public static class GatewayEndpoints
{
    public static void MapProcess(this WebApplication app) =>
        app.MapGet("/process", (Delegate)app.Services.GetRequiredService<ProcessEndpoint>().Process).RefuseUnknownQuery("trace");

    public static void MapGateway(this WebApplication app, KnobStore knobs, IReadOnlyList<KnobClient> others)
    {
        var nodes = app.Services.GetRequiredService<UpstreamNodes>();
        var books = app.Services.GetRequiredService<RequestBooks>();
        app.MapLiveness();
        app.MapReadiness(() => nodes.All.Any(node => node.IsAvailable)
            ? Readiness.Yes
            : Readiness.No($"not connected to service-b at {string.Join(", ", nodes.All.Select(node => node.Address))}"));
        app.MapHealth(() => HealthOf(nodes.All));
        app.MapState(() => Task.FromResult<object>(new GatewayState(
            Names.ServiceA, Environment.ProcessId,
            ByLane(new LaneState(books.Counts(), nodes.All.ToDictionary(node => node.Address, StateOf))))));
        app.MapGet("/ledger", () => Results.Json(new { Lanes = ByLane(LedgerOf(books, nodes.All)) }));
        app.MapPost("/reset", async (HttpContext http) =>
        {
            foreach (var other in others)
                if (!await other.Reset(http.RequestAborted))
                    return Problems.Of(503, $"{other.Service} at {other.Where} cannot be reset. Nothing was changed here.");
            knobs.Reset();
            books.Reset();
            foreach (var node in nodes.All)
                node.Reset();
            return Results.NoContent();
        });
        app.Lifetime.ApplicationStopping.Register(() =>
            app.Services.GetRequiredService<IRequiredActor<GatewayActor>>().ActorRef.Tell(GatewayActor.Close.Now));
    }

    static GatewayHealth HealthOf(IReadOnlyList<ServiceBNode> nodes)
    {
        var worst = nodes.Select(node => node.Breaker.State).OrderBy(state => state == "closed").First();
        var isConnected = nodes.Any(node => node.IsAvailable);
        var status = !isConnected ? HealthStatus.Unhealthy : worst == "closed" ? HealthStatus.Healthy : HealthStatus.Degraded;
        return new GatewayHealth(status, worst, isConnected ? "connected" : "not connected");
    }

    static NodeState StateOf(ServiceBNode node) =>
        new(node.IsConnected, node.IsAvailable, node.Host, node.Breaker.State, node.Ledger.Counts());

    static LaneLedger LedgerOf(RequestBooks books, IReadOnlyList<ServiceBNode> nodes)
    {
        var byNode = nodes.ToDictionary(node => node.Address, node => node.Ledger.Counts());
        return new LaneLedger(books.Counts(), byNode.Values.Aggregate((sum, one) => sum + one), byNode);
    }

    static Dictionary<string, T> ByLane<T>(T actor) => new() { [Names.ActorLane] = actor };
}
