using System.Text.Json;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// A knob that stands in for another in one lane, where it is set: <c>HTTP_MAX_RETRIES</c> for <c>MAX_RETRIES</c>. It has
/// no value until somebody gives it one, and an empty text or null takes that off again. Also takes its value as a text,
/// because who sets one that is not shown cannot know its type.
/// </summary>
public sealed class LaneKnob(string lane, Knob plain) : Knob(
    PrefixOf(lane) + plain.Name, plain.Unit, KnobLevel.Advanced, $"{plain.Name} of lane {lane} alone; null takes it off")
{
    public string Lane { get; } = lane;

    /// <summary>The knob that it stands in for.</summary>
    public Knob Plain { get; } = plain;

    public override string Range => Plain.Range;
    public override string Wanted => Plain.Wanted;
    public override object DefaultValue => Plain.DefaultValue;

    /// <summary>All knobs that one lane may have a value of its own for.</summary>
    /// <param name="lane">Name of the lane; in upper case it is the prefix.</param>
    /// <param name="knobs">The plain knobs. Those that both services have, and those that bear the prefix, are left out.</param>
    public static IEnumerable<Knob> Of(string lane, IEnumerable<Knob> knobs) => knobs
        .Where(knob => !knob.Shared && !knob.Name.StartsWith(PrefixOf(lane), StringComparison.Ordinal))
        .Select(knob => new LaneKnob(lane, knob));

    internal override bool IsOptional => true;
    internal override object Start => throw new InvalidOperationException($"{Name} has no value of its own");
    internal override object Show(object value) => Plain.Show(value);
    internal override bool TryTake(string text, out object value) => Plain.TryTake(text, out value);

    internal override bool TryTake(JsonElement json, out object value) => json.ValueKind == JsonValueKind.String
        ? Plain.TryTake(json.GetString()!, out value)
        : Plain.TryTake(json, out value);

    static string PrefixOf(string lane) => lane.ToUpperInvariant() + "_";
}
