using System.Text.Json;

namespace TinyResilient.Shared.Hosting;

/// <summary>Who needs a knob: everybody, or only who looks closer.</summary>
public enum KnobLevel { Basic, Advanced }

/// <summary>
/// A setting that can be turned while the service runs: its name, what it may be, what it means.
/// A knob never holds a value; <see cref="KnobValues"/> does. A text or JSON value that is not
/// <see cref="Wanted"/> is refused, never replaced by something near it.
/// </summary>
public abstract class Knob(string name, string unit, KnobLevel level, string meaning)
{
    /// <summary>As in the environment and in JSON, e.g. <c>FAILURE_RATE</c>.</summary>
    public string Name { get; } = name;

    /// <summary>Unit of the value, e.g. <c>ms</c>; empty for a plain number, a flag or a choice.</summary>
    public string Unit { get; } = unit;

    public KnobLevel Level { get; } = level;

    /// <summary>One line for people.</summary>
    public string Meaning { get; } = meaning;

    /// <summary>True when both services have this knob, so that one change must reach both.</summary>
    public bool Shared { get; init; }

    /// <summary>What is allowed, short: <c>0..1</c>, <c>true, false</c>.</summary>
    public abstract string Range { get; }

    /// <summary>What is allowed, as the end of a sentence: <c>a number in 0..1</c>.</summary>
    public abstract string Wanted { get; }

    /// <summary>The default as it is shown: a number, a bool or a string.</summary>
    public abstract object DefaultValue { get; }

    /// <summary>False where a knob always has a value, as all but <see cref="LaneKnob"/> have.</summary>
    internal virtual bool IsOptional => false;

    // Values are boxed here, so that a list of knobs of different types can be read and shown by one loop.
    internal abstract object Start { get; }
    internal abstract bool TryTake(string text, out object value);
    internal abstract bool TryTake(JsonElement json, out object value);
    internal abstract object Show(object value);

    public sealed override string ToString() => Name;

    /// <summary>A finite number in <paramref name="min"/>..<paramref name="max"/>.</summary>
    public static Knob<double> Real(string name, double @default, double min, double max,
        string unit, KnobLevel level, string meaning) =>
        new RealKnob(name, @default, min, max, unit, level, meaning);

    /// <summary>A whole number in <paramref name="min"/>..<paramref name="max"/>.</summary>
    public static Knob<long> Whole(string name, long @default, long min, long max,
        string unit, KnobLevel level, string meaning) =>
        new WholeKnob(name, @default, min, max, unit, level, meaning);

    /// <summary>True or false.</summary>
    public static Knob<bool> Flag(string name, bool @default, KnobLevel level, string meaning) =>
        new FlagKnob(name, @default, level, meaning);

    /// <summary>One of the enum's names, shown in snake_case.</summary>
    public static Knob<TEnum> Choice<TEnum>(string name, TEnum @default, KnobLevel level,
        string meaning) where TEnum : struct, Enum =>
        new ChoiceKnob<TEnum>(name, @default, level, meaning);

    /// <summary>A share of one of the words: <c>none</c>, <c>requests:0.1</c>.</summary>
    public static Knob<Proportion> ShareOf(string name, IReadOnlyList<string> words, KnobLevel level, string meaning) =>
        new ProportionKnob(name, words, level, meaning);

    /// <summary>
    /// <c>SEED</c>, which both services have. 0 takes a seed from the clock (milliseconds since
    /// 1970), and that seed becomes the value, so that a run can be repeated.
    /// </summary>
    public static Knob<long> Seed(TimeProvider time) =>
        new WholeKnob("SEED", 0, 0, long.MaxValue, "", KnobLevel.Advanced,
            "what every draw depends on; 0 takes a seed from the clock, and shows it")
        {
            Shared = true,
            Resolve = seed => seed == 0 ? time.GetUtcNow().ToUnixTimeMilliseconds() : seed,
        };
}
