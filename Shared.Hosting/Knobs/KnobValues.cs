namespace TinyResilient.Shared.Hosting;

/// <summary>
/// One value for every knob of a service, all of the same moment. Immutable: who took it at the
/// beginning of a request ends the request under the same values.
/// </summary>
public sealed class KnobValues
{
    readonly Dictionary<Knob, object> _values;

    KnobValues(Dictionary<Knob, object> values) => _values = values;

    /// <summary>Every knob at its default; what one lane may have for itself is not set.</summary>
    public static KnobValues Defaults(IEnumerable<Knob> knobs) => new(knobs.Where(k => !k.IsOptional).ToDictionary(k => k, k => k.Start));

    /// <exception cref="KeyNotFoundException">The knob belongs to another service.</exception>
    public T Get<T>(Knob<T> knob) where T : notnull => (T)_values[knob];

    /// <summary>A copy with one value changed. The caller is code, so the range is not checked.</summary>
    public KnobValues With<T>(Knob<T> knob, T value) where T : notnull => With([new(knob, knob.Resolve(value))]);

    /// <summary>The values as one lane sees them: what is set for it alone stands in for the plain knob.</summary>
    public KnobValues In(string lane) => With(
        from pair in _values
        let own = pair.Key as LaneKnob
        where own?.Lane == lane
        select KeyValuePair.Create(own.Plain, (object?)pair.Value));

    internal bool Has(Knob knob) => _values.ContainsKey(knob);

    internal object this[Knob knob] => _values[knob];

    internal KnobValues With(IEnumerable<KeyValuePair<Knob, object?>> changes)
    {
        var values = new Dictionary<Knob, object>(_values);
        foreach (var (knob, value) in changes)
        {
            if (value is null)
                values.Remove(knob);
            else
                values[knob] = value;
        }
        return new(values);
    }

    /// <summary>What differs between two moments, for the log: <c>FAILURE_RATE 0.3 -> 0.6</c>.</summary>
    public static string Difference(KnobValues before, KnobValues after) => string.Join(", ",
        from knob in before._values.Keys.Union(after._values.Keys)
        let old = before.Shown(knob)
        let @new = after.Shown(knob)
        where old != @new
        select $"{knob.Name} {old} -> {@new}");

    /// <summary>What differs from the defaults, for the log: <c>FAILURE_RATE=0.6 SEED=1760000000000</c>.</summary>
    public override string ToString() => string.Join(' ',
        from knob in _values.Keys
        let value = Shown(knob)
        where knob.IsOptional || value != Words(knob.DefaultValue)
        select $"{knob.Name}={value}");

    string Shown(Knob knob) => Has(knob) ? Words(knob.Show(this[knob])) : "(not set)";

    static string Words(object shown) =>
        shown is bool flag ? (flag ? "true" : "false") : FormattableString.Invariant($"{shown}");
}
