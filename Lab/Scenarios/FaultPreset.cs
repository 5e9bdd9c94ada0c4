using System.Text.Json.Nodes;
using TinyResilient.Lab.Knobs;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Scenarios;

/// <summary>A fault by name with parameters that show something at the default load.</summary>
sealed record FaultPreset(string Kind, JsonObject Parameters)
{
    public static readonly IReadOnlyDictionary<string, FaultPreset> All = ((FaultPreset[])
    [
        new("error", new() { ["probability"] = 0.3 }),
        new("burst", new() { ["good"] = 0.01, ["bad"] = 0.9, ["mean_s"] = 1, ["gap_s"] = 4 }),
        new("slow", new() { ["probability"] = 1, ["distribution"] = "lognormal", ["median_ms"] = 50, ["sigma"] = 1 }),
        new("hang", new() { ["probability"] = 0.01 }),
        new("crash", new() { ["probability"] = 0.1 }),
        new("corrupt", new() { ["probability"] = 0.01 }),
        new("silent", new() { ["probability"] = 0.01 }),
        new("external", new() { ["probability"] = 0.01 }),
        new("needs_rest", new() { ["probability"] = 0.01, ["idle_s"] = 1 }),
        new("query_of_death", new() { ["share"] = 0.01 }),
        new("ack_lost", new() { ["probability"] = 0.1 }),
        new("stall", new() { ["for_s"] = 5 }),
        new("outage", new() { ["for_s"] = 10 }),
        new("first_k", new() { ["k"] = 10 }),
        new("crash_loop", new() { ["probability"] = 1, ["directive"] = "stop" }),
    ]).ToDictionary(preset => preset.Kind);

    /// <summary>By kind, or by the name of its scenario: query-of-death is query_of_death, errors is error.</summary>
    public static FaultPreset? Find(string name) =>
        All.GetValueOrDefault(name.Replace('-', '_') switch
        {
            "errors" => "error",
            "slow_tail" => "slow",
            "metastable" => "stall",
            "poison_message" => "query_of_death",
            var kind => kind,
        });

    /// <summary>One line for a name that is none.</summary>
    public static string Unknown(string name) => $"{name} is no fault; "
        + (Nearest.To(name, All.Keys) is { } nearest ? $"did you mean {nearest}?" : $"there are {string.Join(", ", All.Keys)}");

    /// <summary>As <c>PUT /faults</c> takes it; what is wrong with a value is for the service to say.</summary>
    public JsonObject With(IEnumerable<Assignment> changes, string lane)
    {
        var fault = new JsonObject
        {
            ["kind"] = Kind,
            ["lane"] = lane,
        };
        foreach (var (name, value) in Parameters)
            fault[name] = value?.DeepClone();
        foreach (var change in changes)
            fault[change.Name] = change.Typed();
        return fault;
    }
}
