using System.Text.Json;

namespace TinyResilient.Shared.Hosting;

/// <summary>Reads the JSON object of a patch, and finds everything that is wrong with it, not only the first.</summary>
static class KnobPatch
{
    /// <summary>The new value of each knob; null takes the value of an optional one off.</summary>
    public static Dictionary<Knob, object?> Read(JsonElement patch, IReadOnlyList<Knob> knobs, FieldErrors errors)
    {
        var changes = new Dictionary<Knob, object?>();
        foreach (var (name, json) in Fields(patch, errors))
        {
            var knob = knobs.FirstOrDefault(k => k.Name == name);
            if (knob is null)
                errors.Add(name, Unknown(name, knobs.Select(k => k.Name)));
            else if (knob.IsOptional && IsNothing(json))
                changes[knob] = null;
            else if (knob.TryTake(json, out var value))
                changes[knob] = value;
            else
                errors.Add(name, $"must be {knob.Wanted}, but is {Json.Seen(json)}");
        }
        return changes;
    }

    /// <summary>Name and value of every field; one that is named twice is an error, as it is unclear which is meant.</summary>
    public static Dictionary<string, JsonElement> Fields(JsonElement patch, FieldErrors errors)
    {
        var fields = new Dictionary<string, JsonElement>();
        if (patch.ValueKind != JsonValueKind.Object)
        {
            errors.Add(JsonBody.Field, $"must be an object of knobs and values, but is {Json.Seen(patch)}");
            return fields;
        }
        foreach (var field in patch.EnumerateObject())
        {
            if (!fields.TryAdd(field.Name, field.Value) && !errors.Has(field.Name))
                errors.Add(field.Name, "is given more than once");
        }
        if (fields.Count == 0)
            errors.Add(JsonBody.Field, "must name at least one knob");
        return fields;
    }

    public static string Unknown(string name, IEnumerable<string> names) =>
        Nearest.To(name, names) is { } near
            ? $"is not a knob; did you mean {near}?"
            : "is not a knob; GET /knobs lists them";

    static bool IsNothing(JsonElement json) =>
        json.ValueKind == JsonValueKind.Null || (json.ValueKind == JsonValueKind.String && json.ValueEquals(""));
}
