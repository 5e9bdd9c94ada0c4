using System.Text.Json;

namespace TinyResilient.Shared.Hosting;

/// <summary>The answer to <c>GET /knobs</c>: name -> value, default, unit, range, meaning, level, service.</summary>
static class KnobView
{
    /// <summary>In declaration order; a knob of one lane only where it is set.</summary>
    public static OrderedDictionary<string, ShownKnob> Of(KnobStore store, string service)
    {
        var view = new OrderedDictionary<string, ShownKnob>();
        var values = store.Current;
        foreach (var knob in store.Knobs.Where(values.Has))
            view[knob.Name] = new ShownKnob(knob.Show(values[knob]), knob.DefaultValue,
                knob.Unit, knob.Range, knob.Meaning, Words<KnobLevel>.Of(knob.Level), service);
        return view;
    }

    /// <summary>
    /// Adds another process's knobs. One that is there already names both services, and where the other
    /// process has another value, <c>differs</c> says which.
    /// </summary>
    public static void Add(
        OrderedDictionary<string, ShownKnob> view, OrderedDictionary<string, ShownKnob> other, string where)
    {
        foreach (var (name, knob) in other)
            view[name] = view.TryGetValue(name, out var known) ? Merge(known, knob, where) : knob;
    }

    static ShownKnob Merge(ShownKnob known, ShownKnob more, string where) => known with
    {
        Service = known.Service.Split(", ").Contains(more.Service) ? known.Service : $"{known.Service}, {more.Service}",
        Differs = Text(known.Value) == Text(more.Value) ? known.Differs
            : new(known.Differs ?? []) { [where] = more.Value },
    };

    // 1 that was read is a whole number, 1 that is ours may be a real one.
    static string Text(object value) => JsonSerializer.Serialize(value, Json.Options);
}
