using System.Text.Json.Nodes;
using TinyResilient.Lab.Http;

namespace TinyResilient.Lab.Knobs;

/// <summary>What <c>GET /knobs</c> tells: an object of knobs, each with its value.</summary>
sealed class KnobTable(JsonObject knobs)
{
    /// <summary>Null when the text is not an object.</summary>
    public static KnobTable? Read(string json) => Json.Parse(json) is { } knobs ? new(knobs) : null;

    /// <summary>Null when there is no such knob.</summary>
    public JsonValue? Value(string name) => (knobs[name] as JsonObject)?["value"] as JsonValue;

    /// <summary>The body of the patch that makes the assignments.</summary>
    public JsonObject Patch(IEnumerable<Assignment> assignments) =>
        new(assignments.Select(a => KeyValuePair.Create<string, JsonNode?>(a.Name, a.Typed(Value(a.Name)))));

    /// <summary>One line for each name: <c>FAILURE_RATE 0.3 -> 0.6</c>, or that it was so already.</summary>
    public static IEnumerable<string> Changes(
        KnobTable before, KnobTable after, IEnumerable<string> names) =>
        from name in names
        let old = Shown(before.Value(name))
        let now = Shown(after.Value(name))
        select old == now ? $"{name} {now} (as before)" : $"{name} {old} -> {now}";

    // A knob of one lane that is not set has none.
    static string Shown(JsonValue? value) => $"{value}" is { Length: > 0 } text ? text : "(not set)";
}
