using System.Text.Json;
using System.Text.Json.Nodes;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Stage;

/// <summary>The load that the stage itself sends.</summary>
/// <param name="Rate">Requests per second in each lane; 0: none.</param>
/// <param name="CapacityPerS">Of a lane, where it was measured.</param>
/// <param name="ClientRetries">By the client itself.</param>
sealed record SetLoad(
    double Rate, IReadOnlyList<string> Lanes, Arrivals Arrivals = Arrivals.Even, double? CapacityPerS = null, int ClientRetries = 0)
{
    public static SetLoad None { get; } = new(0, []);
}

/// <summary>All that is set on the running services: knobs and faults as ServiceA shows them, and the load.</summary>
sealed class SetNow(JsonObject knobs, JsonArray faults, SetLoad load)
{
    /// <summary>Equal where the same is set. A seed changes who is hit, and not how many.</summary>
    public string Words { get; } = string.Join(' ', knobs.Where(knob => knob.Key != "SEED").Select(knob => $"{knob.Key}={Value(knob.Value)}")
        .Append(FaultWordsOf(faults)).Append($"{load.Rate} {load.Arrivals} {load.CapacityPerS} {load.ClientRetries}").Concat(load.Lanes));

    public string FaultWords { get; } = FaultWordsOf(faults);

    public SetLoad Load => load;

    /// <summary>What is set, as the arm of a scenario that has only this one.</summary>
    /// <param name="seconds">Its length.</param>
    /// <param name="faultsAge">How long ago the faults were set: from_s counts from then.</param>
    public Arm Arm(double seconds, TimeSpan faultsAge) => new("now")
    {
        Knobs = knobs.Where(knob => Value(knob.Value) is not null).ToDictionary(knob => knob.Key, knob => Plain(Value(knob.Value)!)),
        Faults = [.. faults.OfType<JsonObject>().Where(fault => !IsOver(fault)).Select(fault => Aged(fault, faultsAge.TotalSeconds))],
        Rate = load.Rate,
        Seconds = seconds,
        Arrivals = load.Arrivals,
        Lanes = load.Lanes,
        CapacityPerS = load.CapacityPerS,
        ClientRetries = load.ClientRetries,
    };

    // One that was there before anybody looked may have ended: then it is known to be inactive, and not for how long.
    static bool IsOver(JsonObject fault) => fault["active"]?.GetValueKind() == JsonValueKind.False && FromS(fault) == 0;

    static JsonObject Aged(JsonObject fault, double seconds)
    {
        var aged = fault.DeepClone().AsObject();
        aged["from_s"] = FromS(fault) - seconds;
        return aged;
    }

    static double FromS(JsonObject fault) => fault["from_s"] is { } from ? ArmFaults.Number(from) : 0;

    static string FaultWordsOf(JsonArray faults) => string.Concat(faults.OfType<JsonObject>().Select(fault =>
        new JsonObject(fault.Where(one => one.Key is not ("active" or "name")).Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())))
            .ToJsonString()));

    static JsonValue? Value(JsonNode? knob) => knob?["value"] as JsonValue;

    static object Plain(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.Number => ArmFaults.Number(value),
        JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>(),
        _ => $"{value}",
    };
}
