using System.Text.Json;

namespace TinyResilient.Shared.Hosting;

/// <summary>A knob whose values are of type <typeparamref name="T"/>; the key into <see cref="KnobValues"/>.</summary>
public abstract class Knob<T>(string name, T @default, string unit, KnobLevel level, string meaning)
    : Knob(name, unit, level, meaning) where T : notnull
{
    public T Default { get; } = @default;

    /// <summary>Applied to every value taken in, at start and live: turns "from the clock" into the value used.</summary>
    public Func<T, T> Resolve { get; init; } = value => value;

    public sealed override object DefaultValue => Shown(Default);

    protected abstract bool TryParse(string text, out T value);
    protected abstract bool TryParse(JsonElement json, out T value);

    /// <summary>The value as JSON shows it: a number, a bool or a string.</summary>
    protected virtual object Shown(T value) => value;

    internal sealed override object Start => Resolve(Default);
    internal sealed override object Show(object value) => Shown((T)value);

    internal sealed override bool TryTake(string text, out object value)
    {
        var taken = TryParse(text, out var parsed);
        value = taken ? Resolve(parsed) : Start;
        return taken;
    }

    internal sealed override bool TryTake(JsonElement json, out object value)
    {
        var taken = TryParse(json, out var parsed);
        value = taken ? Resolve(parsed) : Start;
        return taken;
    }
}
