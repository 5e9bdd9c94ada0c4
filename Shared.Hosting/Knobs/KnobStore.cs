using System.Text.Json;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// The knobs of one service and their values now. A patch is taken whole or not at all; whoever reads
/// <see cref="Current"/> never waits and never sees half a patch.
/// </summary>
public sealed class KnobStore(IReadOnlyList<Knob> knobs, KnobValues start)
{
    readonly Lock _gate = new();
    readonly KnobValues _start = start;
    volatile KnobValues _current = start;

    /// <summary>In declaration order.</summary>
    public IReadOnlyList<Knob> Knobs { get; } = knobs;

    public KnobValues Current => _current;

    /// <summary>
    /// Raised once for every patch and reset, with the values before and after, one at a time and in
    /// order. Handlers run inside the lock: they tell an actor or replace a field, and return.
    /// </summary>
    public event Action<KnobValues, KnobValues>? Changed;

    /// <summary>What is wrong with the patch, by name; empty when it would be taken.</summary>
    public FieldErrors Check(JsonElement patch)
    {
        var errors = new FieldErrors();
        KnobPatch.Read(patch, Knobs, errors);
        return errors;
    }

    /// <summary>Takes the patch when nothing is wrong with it; otherwise says what is, and changes nothing.</summary>
    public FieldErrors Patch(JsonElement patch)
    {
        var errors = new FieldErrors();
        var changes = KnobPatch.Read(patch, Knobs, errors);
        if (!errors.Any)
            Change(now => now.With(changes));
        return errors;
    }

    /// <summary>Back to the values of the start, which are the environment's.</summary>
    public void Reset() => Change(_ => _start);

    /// <summary>The values for the start. What is wrong with them is collected in <paramref name="environment"/>.</summary>
    public static KnobValues Read(IReadOnlyList<Knob> knobs, EnvironmentReader environment)
    {
        var changes = new Dictionary<Knob, object?>();
        foreach (var knob in knobs)
        {
            if (environment.Find(knob.Name) is not { } text)
                continue;
            if (knob.TryTake(text, out var value))
                changes[knob] = value;
            else
                environment.Refuse(knob.Name, text, knob.Wanted);
        }
        return KnobValues.Defaults(knobs).With(changes);
    }

    void Change(Func<KnobValues, KnobValues> change)
    {
        lock (_gate)
        {
            var before = _current;
            _current = change(before);
            Changed?.Invoke(before, _current);
        }
    }
}
