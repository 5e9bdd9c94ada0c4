using System.Text.Json;
using System.Text.Json.Nodes;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Stage;

// What the stage reads in the answers of the services; whatever else is in them is left alone.

/// <summary><c>/state</c> of ServiceA.</summary>
sealed record GatewayState(
    string Service, int Pid, Dictionary<string, GatewayLane> Lanes, IReadOnlyList<StandStill>? StoodStill = null);

/// <param name="Nodes">By address.</param>
sealed record GatewayLane(Dictionary<string, long> Requests, Dictionary<string, NodeReading> Nodes)
{
    /// <summary>Of all nodes.</summary>
    public IReadOnlyDictionary<string, long> Attempts => Nodes.Values.SelectMany(node => node.Attempts)
        .GroupBy(one => one.Key).ToDictionary(same => same.Key, same => same.Sum(one => one.Value));

    /// <summary>Of the nodes that are there.</summary>
    public BreakerNow Breaker => There.OrderByDescending(node => node.Badness).ThenBy(node => node.ProbeInMs)
        .Select(node => new BreakerNow(node.BreakerState, node.ProbeInMs, There.Count())).FirstOrDefault(new BreakerNow("closed", null, 0));

    IEnumerable<NodeReading> There => Nodes.Values.Where(node => !node.HasLeft);
}

sealed record NodeReading(string BreakerState, Dictionary<string, long> Attempts, double? ProbeInMs = null, bool HasLeft = false)
{
    public int Badness => BreakerState switch
    {
        "open" => 2,
        "half_open" => 1,
        _ => 0,
    };
}

/// <summary><c>/state</c> of ServiceB.</summary>
sealed record PoolState(
    string Service, int Pid, Dictionary<string, PoolLane> Lanes, IReadOnlyList<StandStill>? StoodStill = null);

sealed record PoolLane(int QueueLength, int QueueLimit, IReadOnlyList<WorkerReading> Workers);

/// <param name="LastFault">Name of the last fault that hit it.</param>
/// <param name="RestartMs">What the last restart took.</param>
/// <param name="RestartCause">Why it was.</param>
sealed record WorkerReading(
    int Number, string State, int Restarts, int Failures = 0, double? RestartMs = null, string? RestartCause = null, string? LastFault = null);

/// <summary><c>/ledger</c> of ServiceB.</summary>
sealed record PoolLedger(Dictionary<string, PoolBooks> Lanes);

sealed record PoolBooks(Dictionary<string, long> Attempts, Dictionary<string, long> Effects);

/// <summary>Reads an answer, or says that it is none of the service that was asked.</summary>
static class Reading
{
    static readonly JsonSerializerOptions strict = new(Json.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Null where the text is not what it should be.</summary>
    public static T? Of<T>(string text) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Both lanes are there.</summary>
    public static GatewayState? Gateway(string text) =>
        Of<GatewayState>(text) is { Service: "service-a" } state && HasBoth(state.Lanes)
        && state.Lanes.Values.All(lane => !lane.Nodes.ContainsValue(null!)) && IsWhole(state.StoodStill) ? state : null;

    public static PoolState? Pool(string text) =>
        Of<PoolState>(text) is { Service: "service-b" } state && HasBoth(state.Lanes)
        && !state.Lanes.Values.Any(lane => lane.Workers.Contains(null!)) && IsWhole(state.StoodStill) ? state : null;

    public static PoolLedger? Ledger(string text) => Of<PoolLedger>(text) is { } ledger && HasBoth(ledger.Lanes) ? ledger : null;

    public static JsonObject? Knobs(string text) => Of<JsonObject>(text);

    public static JsonArray? Faults(string text) => Of<JsonArray>(text);

    // Annotations are not asked for what is in a dictionary or a list.
    static bool HasBoth<T>(Dictionary<string, T> lanes) where T : class =>
        Lane.Both.All(lanes.ContainsKey) && !lanes.ContainsValue(null!);

    static bool IsWhole(IReadOnlyList<StandStill>? list) => list?.Contains(null!) != true;
}
