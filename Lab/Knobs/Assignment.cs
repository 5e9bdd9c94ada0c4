using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TinyResilient.Lab.Knobs;

/// <summary>
/// <c>NAME=VALUE</c> of the command line. It knows the form only; names, ranges and words are the
/// services' to judge, so that they are judged in one place.
/// </summary>
sealed record Assignment(string Name, string Value)
{
    /// <summary>Null when the text is none.</summary>
    public static Assignment? Read(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? new(text[..equals].Trim(), text[(equals + 1)..].Trim()) : null;
    }

    /// <summary>
    /// The value as the JSON type that the knob has now: a number, true or false, a text. What does not
    /// fit goes as a text, and the service says what it wants instead.
    /// </summary>
    /// <param name="now">The knob's value; null when the service has no such knob.</param>
    public JsonNode Typed(JsonValue? now) => now?.GetValueKind() switch
    {
        JsonValueKind.Number => Number() ?? Text(),
        JsonValueKind.True or JsonValueKind.False =>
            bool.TryParse(Value, out var flag) ? JsonValue.Create(flag) : Text(),
        _ => Text(),
    };

    /// <summary>The value as the JSON type that it looks like: a number, true or false, otherwise a text.</summary>
    public JsonNode Typed() => Number() ?? (bool.TryParse(Value, out var flag) ? JsonValue.Create(flag) : Text());

    // A whole number stays one: a seed has more digits than a double.
    JsonValue? Number() =>
        long.TryParse(Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? JsonValue.Create(whole)
        : double.TryParse(Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            && double.IsFinite(real)
            ? JsonValue.Create(real)
        : null;

    JsonValue Text() => JsonValue.Create(Value);
}
