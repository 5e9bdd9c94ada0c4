using System.Text.Json.Nodes;

namespace TinyResilient.Lab.Stage;

/// <summary>Knobs and faults as they are set now; tells every change of them, whoever has made it.</summary>
sealed class SettingsBook(EventLog events)
{
    static readonly Dictionary<string, KnobNow> none = [];

    SettingsLook? _now;

    public IReadOnlyDictionary<string, KnobNow> Knobs { get; private set; } = none;

    public JsonArray Faults => _now?.Faults ?? [];

    /// <summary>As <c>GET /knobs</c> of ServiceA shows them, without what is set now.</summary>
    public JsonObject Described { get; private set; } = [];

    /// <summary>WORKERS over the mean service time.</summary>
    public double? CapacityPerS => Number("WORKERS") is { } workers && Number("BASE_LATENCY_MS") + Number("MAX_LATENCY_MS") / 2 is > 0 and var meanMs
        ? 1000 * workers / meanMs : null;

    public void Take(SettingsLook now)
    {
        if (_now is { } before)
        {
            foreach (var text in News.OfKnobs(before.Knobs, now.Knobs))
                events.Add(EventKind.Knob, null, text);
            if (News.OfFaults(before.Faults, now.Faults) is { } faults)
                events.Add(EventKind.Fault, null, faults);
        }
        _now = now;
        Knobs = now.Knobs.ToDictionary(knob => knob.Key, knob => new KnobNow(knob.Value?["value"]?.DeepClone(), knob.Value?["default"]?.DeepClone()));
        var described = now.Knobs.DeepClone().AsObject();
        foreach (var knob in described.Select(one => one.Value).OfType<JsonObject>())
            foreach (var name in (string[])["value", "differs"])
                knob.Remove(name);
        Described = described;
    }

    double? Number(string name) => Knobs.GetValueOrDefault(name)?.Value is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;
}
