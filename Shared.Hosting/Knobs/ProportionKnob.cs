using System.Globalization;
using System.Text.Json;

namespace TinyResilient.Shared.Hosting;

/// <summary>A share of something, or of nothing: <c>requests:0.1</c>, <c>none</c>.</summary>
/// <param name="Of">What it is a share of; null is <c>none</c>.</param>
/// <param name="Share">0..1.</param>
public sealed record Proportion(string? Of, double Share)
{
    public static readonly Proportion None = new(null, 0);

    public override string ToString() => Of is null ? "none" : string.Create(CultureInfo.InvariantCulture, $"{Of}:{Share}");
}

sealed class ProportionKnob(string name, IReadOnlyList<string> words, KnobLevel level, string meaning)
    : Knob<Proportion>(name, Proportion.None, "", level, meaning)
{
    public override string Range => string.Join(", ", words.Select(word => $"{word}:0..1").Prepend("none"));
    public override string Wanted => $"none or {string.Join(" or ", words.Select(word => $"{word}:R"))} with R in 0..1";

    protected override object Shown(Proportion value) => value.ToString();

    protected override bool TryParse(string text, out Proportion value)
    {
        value = Proportion.None;
        if (text.Equals("none", StringComparison.OrdinalIgnoreCase))
            return true;
        var parts = text.Split(':');
        var word = words.FirstOrDefault(word => word.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
        if (word is null || parts.Length != 2
            || !double.TryParse(parts[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            || share is not (>= 0 and <= 1))
            return false;
        value = new Proportion(word, share);
        return true;
    }

    protected override bool TryParse(JsonElement json, out Proportion value)
    {
        value = Proportion.None;
        return json.ValueKind == JsonValueKind.String && TryParse(json.GetString()!, out value);
    }
}
