using System.Text.Json.Nodes;

namespace TinyResilient.Lab.Stage;

/// <summary>Tells in plain words how two looks at knobs, faults or a breaker differ. Decides only.</summary>
static class News
{
    const int MostNames = 3;

    /// <summary><c>FAILURE_RATE 0.3 -> 0.6</c>, one line for each, or one for many.</summary>
    public static IReadOnlyList<string> OfKnobs(JsonObject before, JsonObject now)
    {
        var changed = before.Select(knob => knob.Key).Union(now.Select(knob => knob.Key))
            .Where(name => !JsonNode.DeepEquals(Value(before, name), Value(now, name))).ToList();
        return changed.Count > MostNames
            ? [$"{changed.Count} knobs changed: {string.Join(", ", changed.Take(MostNames))}, …"]
            : [.. changed.Select(name => (Value(before, name), Value(now, name)) switch
            {
                ({ } old, { } value) => $"{name} {old} -> {value}",
                (null, { } value) => $"{name} -> {value}",
                _ => $"{name} taken off",
            })];
    }

    /// <summary>Null where the same faults are set; whether they are active now is no difference.</summary>
    public static string? OfFaults(JsonArray before, JsonArray now)
    {
        if (JsonNode.DeepEquals(Set(before), Set(now)))
            return null;
        return now.Count == 0 ? "no fault is set any more" : $"faults set: {string.Join("; ", now.Select(Fault))}";
    }

    /// <param name="lane">Whose breaker it is.</param>
    public static string OfBreaker(string lane, string now) => $"breaker of lane {lane} " + now switch
    {
        "open" => "opened",
        "half_open" => "is half-open: one probe may try",
        _ => "closed",
    };

    static JsonNode? Value(JsonObject knobs, string name) => (knobs[name] as JsonObject)?["value"];

    static JsonArray Set(JsonArray faults)
    {
        var set = faults.DeepClone().AsArray();
        foreach (var fault in set.OfType<JsonObject>())
            fault.Remove("active");
        return set;
    }

    // Its own parameters, and what of the common ones is not as usual.
    static string Fault(JsonNode? fault) => fault is not JsonObject parameters ? "?" : string.Join(' ', parameters
        .Where(one => one.Key is not ("active" or "name") && !IsUsual(one.Key, one.Value))
        .Select(one => one.Key == "kind" ? $"{one.Value}" : $"{one.Key} {one.Value}"));

    static bool IsUsual(string name, JsonNode? value) => $"{value}" == name switch
    {
        "lane" => "both",
        "worker" or "for_s" => "",
        "from_s" => "0",
        "fast" => "false",
        _ => "\0",
    };
}
