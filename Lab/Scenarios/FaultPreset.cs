using System.Text.Json.Nodes;
using TinyResilient.Lab.Knobs;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Scenarios;

/// <summary>A fault by name with parameters that show something at the default load.</summary>
/// <param name="Meaning">What it does, as the README says it.</param>
sealed record FaultPreset(string Kind, string Meaning, JsonObject Parameters)
{
    public static readonly IReadOnlyDictionary<string, FaultPreset> All = ((FaultPreset[])
    [
        new("error", "the attempt fails",
            new() { ["probability"] = 0.3 }),
        new("burst", "the attempt fails with good, or while a burst lasts with bad; lengths are exponential around the means",
            new() { ["good"] = 0.01, ["bad"] = 0.9, ["mean_s"] = 1, ["gap_s"] = 4 }),
        new("slow", "the attempt takes this time instead of its usual one",
            new() { ["probability"] = 1, ["distribution"] = "lognormal", ["median_ms"] = 50, ["sigma"] = 1 }),
        new("hang", "the worker never ends; HANG_AFTER_MS replaces it",
            new() { ["probability"] = 0.01 }),
        new("crash", "the worker dies without a word; its state is fine",
            new() { ["probability"] = 0.1 }),
        new("corrupt", "the request succeeds and spoils its worker: every later one fails, until the worker is made anew",
            new() { ["probability"] = 0.01 }),
        new("silent", "like corrupt, but the sick worker hands back the error as a value: no supervisor hears of it",
            new() { ["probability"] = 0.01 }),
        new("external", "like corrupt, but what is spoilt is a store outside of the worker: nobody repairs it by a restart",
            new() { ["probability"] = 0.01 }),
        new("needs_rest", "like corrupt, and the worker is well again once it has been left alone for so long",
            new() { ["probability"] = 0.01, ["idle_s"] = 1 }),
        new("query_of_death", "this share of the requests crashes any worker that takes them, at every attempt",
            new() { ["share"] = 0.01 }),
        new("ack_lost", "the work is done, its answer is not sent",
            new() { ["probability"] = 0.1 }),
        new("stall", "no worker starts or finishes anything, as if the process were frozen; work waits in the queue",
            new() { ["for_s"] = 5 }),
        new("outage", "every attempt fails",
            new() { ["for_s"] = 10 }),
        new("first_k", "exactly the first k attempts since the PUT fail",
            new() { ["k"] = 10 }),
        new("crash_loop", "the constructor of a worker fails: Akka's default stops it and the pool shrinks; restart tries again at full speed, "
            + "or after RESTART_BACKOFF_MS",
            new() { ["probability"] = 1, ["directive"] = "stop" }),
    ]).ToDictionary(preset => preset.Kind);

    /// <summary>As it would be typed: <c>corrupt probability=0.01</c>.</summary>
    public string Typed => string.Join(' ', Parameters.Select(one => $"{one.Key}={one.Value}").Prepend(Kind));

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
