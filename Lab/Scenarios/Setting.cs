using System.Text.Json.Nodes;

namespace TinyResilient.Lab.Scenarios;

/// <summary>Knobs and faults that scenarios share, by name.</summary>
static class Setting
{
    /// <summary>
    /// A healthy pool of workers behind a gateway without any policy, the same in both lanes: scenarios add one policy at a
    /// time. The breaker is Akka's in both lanes, so that where it is on it is the same.
    /// </summary>
    public static Dictionary<string, object> Plain(int workers, double workMs, int queue = 1_000) => new()
    {
        ["FAILURE_RATE"] = 0.0,
        ["BASE_LATENCY_MS"] = workMs,
        ["MAX_LATENCY_MS"] = 0.0,
        ["WORKERS"] = workers,
        ["QUEUE_LIMIT"] = queue,
        ["HANG_AFTER_MS"] = 0.0,
        ["ACTOR_SUPERVISION"] = "restart",
        ["HTTP_SUPERVISION"] = "restart",
        ["REQUEST_TIMEOUT_S"] = 2.0,
        ["MAX_RETRIES"] = 0,
        ["BACKOFF_BASE_MS"] = 0.0,
        ["FAILURE_THRESHOLD"] = 0,
        ["HTTP_BREAKER"] = "consecutive",
    };

    public static (string, object)[] Supervision(string word) => [("ACTOR_SUPERVISION", word), ("HTTP_SUPERVISION", word)];

    public static (string, object) Retries(int retries) => ("MAX_RETRIES", retries);

    /// <summary>A fault that counts, once for each lane: the lanes must not use up each other's count.</summary>
    public static IReadOnlyList<JsonObject> InEachLane(string kind, params (string Name, JsonNode? Value)[] parameters) =>
        [.. Lane.Both.Select(lane => Fault(kind, [("lane", lane), .. parameters.Select(one => (one.Name, one.Value?.DeepClone()))]))];

    public static JsonObject Fault(string kind, params (string Name, JsonNode? Value)[] parameters) => new(
        parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)).Prepend(new("kind", kind)));
}
