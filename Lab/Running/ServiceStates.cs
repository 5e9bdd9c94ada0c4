using System.Text.Json.Nodes;

namespace TinyResilient.Lab.Running;

/// <summary>What the services of a bench say of themselves at one moment.</summary>
sealed record ServiceStates(JsonObject Gateway, IReadOnlyList<JsonObject> Pools)
{
    /// <summary>How long one of them has stood still at the most since the reset.</summary>
    public double LongestPauseMs => Pools.Prepend(Gateway).Max(state => (double?)state["longest_pause_ms"] ?? 0);

    /// <summary>The workers of one lane, of every ServiceB.</summary>
    public IEnumerable<JsonNode?> WorkersOf(string lane) =>
        Pools.SelectMany(pool => Controls.Lane(pool, lane)["workers"] as JsonArray ?? []);
}
