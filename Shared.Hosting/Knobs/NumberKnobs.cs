using System.Globalization;
using System.Text.Json;

namespace TinyResilient.Shared.Hosting;

sealed class RealKnob(string name, double @default, double min, double max, string unit, KnobLevel level, string meaning)
    : Knob<double>(name, @default, unit, level, meaning)
{
    public override string Range => string.Create(CultureInfo.InvariantCulture, $"{min}..{max}");
    public override string Wanted => $"a number in {Range}";

    protected override bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && Allowed(ref value);

    protected override bool TryParse(JsonElement json, out double value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out value) && Allowed(ref value);
    }

    // Not a number and the infinities fail the comparison; adding zero turns -0 into 0.
    bool Allowed(ref double value)
    {
        value += 0.0;
        return value >= min && value <= max && double.IsFinite(value);
    }
}

sealed class WholeKnob(string name, long @default, long min, long max, string unit, KnobLevel level, string meaning)
    : Knob<long>(name, @default, unit, level, meaning)
{
    public override string Range => string.Create(CultureInfo.InvariantCulture, $"{min}..{max}");
    public override string Wanted => $"a whole number in {Range}";

    protected override bool TryParse(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value >= min && value <= max;

    protected override bool TryParse(JsonElement json, out long value)
    {
        value = 0;
        return json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out value) && value >= min && value <= max;
    }
}
