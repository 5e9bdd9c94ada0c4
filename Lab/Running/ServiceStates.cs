using System.Text.Json.Nodes;

namespace TinyResilient.Lab.Running;

/// <summary>What the services of a bench say of themselves at one moment.</summary>
sealed record ServiceStates(JsonObject Gateway, IReadOnlyList<JsonObject> Pools)
{
    /// <summary>How long one of them has stood still at the most since the reset.</summary>
    public double LongestPauseMs => Most("longest_pause_ms");

    /// <summary>How late the timer of the latest of them came on average since then.</summary>
    public double MeanLatenessMs => Most("mean_lateness_ms");

    /// <summary>The workers of one lane, of every ServiceB.</summary>
    public IEnumerable<JsonNode?> WorkersOf(string lane) =>
        Pools.SelectMany(pool => Controls.Lane(pool, lane)["workers"] as JsonArray ?? []);

    double Most(string name) => Pools.Prepend(Gateway).Max(state => (double?)state[name] ?? 0);
}
