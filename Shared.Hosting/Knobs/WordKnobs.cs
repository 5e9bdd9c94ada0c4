using System.Text.Json;

namespace TinyResilient.Shared.Hosting;

sealed class FlagKnob(string name, bool @default, KnobLevel level, string meaning)
    : Knob<bool>(name, @default, "", level, meaning)
{
    public override string Range => "true, false";
    public override string Wanted => "true or false";

    protected override bool TryParse(string text, out bool value) => bool.TryParse(text, out value);

    protected override bool TryParse(JsonElement json, out bool value)
    {
        value = json.ValueKind == JsonValueKind.True;
        return value || json.ValueKind == JsonValueKind.False;
    }
}

sealed class ChoiceKnob<TEnum>(string name, TEnum @default, KnobLevel level, string meaning)
    : Knob<TEnum>(name, @default, "", level, meaning) where TEnum : struct, Enum
{
    public override string Range => string.Join(", ", Words<TEnum>.All);
    public override string Wanted => $"one of {Range}";

    protected override object Shown(TEnum value) => Words<TEnum>.Of(value);

    protected override bool TryParse(string text, out TEnum value) => Words<TEnum>.TryParse(text, out value);

    protected override bool TryParse(JsonElement json, out TEnum value)
    {
        value = default;
        return json.ValueKind == JsonValueKind.String && Words<TEnum>.TryParse(json.GetString()!, out value);
    }
}
