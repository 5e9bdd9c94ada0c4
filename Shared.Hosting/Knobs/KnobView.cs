using System.Text.Json.Nodes;

namespace TinyResilient.Shared.Hosting;

/// <summary>The answer to <c>GET /knobs</c>: name -> value, default, unit, range, meaning, level, service.</summary>
static class KnobView
{
    /// <summary>In declaration order; a knob of one lane only where it is set.</summary>
    public static JsonObject Of(KnobStore store, string service)
    {
        var view = new JsonObject();
        var values = store.Current;
        foreach (var knob in store.Knobs.Where(values.Has))
        {
            view[knob.Name] = new JsonObject
            {
                ["value"] = Json(knob.Show(values[knob])),
                ["default"] = Json(knob.DefaultValue),
                ["unit"] = knob.Unit,
                ["range"] = knob.Range,
                ["meaning"] = knob.Meaning,
                ["level"] = Words<KnobLevel>.Of(knob.Level),
                ["service"] = service,
            };
        }
        return view;
    }

    /// <summary>
    /// Adds another process's knobs. One that is there already names both services, and where the other
    /// process has another value, <c>differs</c> says which.
    /// </summary>
    public static void Add(JsonObject view, JsonObject other, string where)
    {
        foreach (var (name, knob) in other)
        {
            if (view[name] is not JsonObject known)
                view[name] = knob?.DeepClone();
            else if (knob is JsonObject more)
                Merge(known, more, where);
        }
    }

    static void Merge(JsonObject known, JsonObject more, string where)
    {
        if (!$"{known["service"]}".Split(", ").Contains($"{more["service"]}"))
            known["service"] = $"{known["service"]}, {more["service"]}";
        if (JsonNode.DeepEquals(known["value"], more["value"]))
            return;
        known["differs"] ??= new JsonObject();
        known["differs"]![where] = more["value"]?.DeepClone();
    }

    static JsonValue Json(object value) => value switch
    {
        double number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        _ => JsonValue.Create((string)value),
    };
}
