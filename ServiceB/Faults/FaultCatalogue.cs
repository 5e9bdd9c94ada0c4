using System.Text.Json;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceB.Faults;

/// <summary>One parameter of a fault: its name, what it may be, how it is read and shown.</summary>
/// <param name="Name">As in JSON, e.g. <c>median_ms</c>.</param>
/// <param name="Wanted">The end of a sentence: <c>a number in 0..1</c>.</param>
/// <param name="Read">The fault with this value, or null where the value is not what is wanted.</param>
/// <param name="Show">A number, a word, true, false or null.</param>
public sealed record FaultParameter(
    string Name, string Wanted, Func<Fault, JsonElement, Fault?> Read, Func<Fault, object?> Show);

/// <summary>Which parameters each kind of fault has, and in which range.</summary>
public static class FaultCatalogue
{
    /// <summary>Name of the fault that makes constructors fail.</summary>
    public const string CrashLoop = "crash_loop";

    const double Day = 86_400;

    static readonly FaultParameter lane = Word<FaultLane>("lane", fault => fault.Lane, (fault, value) => fault with { Lane = value });
    static readonly FaultParameter worker = Whole("worker", 0, 9_999, true, fault => fault.Worker,
        (fault, value) => fault with { Worker = (int?)value });
    static readonly FaultParameter from = Number("from_s", 0, Day, false, fault => fault.FromSeconds,
        (fault, value) => fault with { FromSeconds = value!.Value });
    static readonly FaultParameter lasts = Number("for_s", 0, Day, true, fault => fault.ForSeconds,
        (fault, value) => fault with { ForSeconds = value });
    static readonly FaultParameter fast = Flag("fast", fault => fault.Fast, (fault, value) => fault with { Fast = value });
    static readonly FaultParameter probability = Number("probability", 0, 1, false, fault => fault.Probability,
        (fault, value) => fault with { Probability = value!.Value });
    static readonly FaultParameter good = Number("good", 0, 1, false, fault => fault.Good,
        (fault, value) => fault with { Good = value!.Value });
    static readonly FaultParameter bad = Number("bad", 0, 1, false, fault => fault.Bad,
        (fault, value) => fault with { Bad = value!.Value });
    static readonly FaultParameter mean = Number("mean_s", 0.001, Day, false, fault => fault.MeanSeconds,
        (fault, value) => fault with { MeanSeconds = value!.Value });
    static readonly FaultParameter gap = Number("gap_s", 0.001, Day, false, fault => fault.GapSeconds,
        (fault, value) => fault with { GapSeconds = value!.Value });
    static readonly FaultParameter distribution = Word<LatencyShape>("distribution", fault => fault.Distribution,
        (fault, value) => fault with { Distribution = value });
    static readonly FaultParameter median = Number("median_ms", 0, 60_000, false, fault => fault.MedianMs,
        (fault, value) => fault with { MedianMs = value!.Value });
    static readonly FaultParameter sigma = Number("sigma", 0, 10, false, fault => fault.Sigma,
        (fault, value) => fault with { Sigma = value!.Value });
    static readonly FaultParameter idle = Number("idle_s", 0, Day, false, fault => fault.IdleSeconds,
        (fault, value) => fault with { IdleSeconds = value!.Value });
    static readonly FaultParameter share = Number("share", 0, 1, false, fault => fault.Share,
        (fault, value) => fault with { Share = value!.Value });
    static readonly FaultParameter first = Whole("k", 0, 1_000_000_000, false, fault => fault.K,
        (fault, value) => fault with { K = value!.Value });
    static readonly FaultParameter directive = Word<LoopDirective>("directive", fault => fault.Directive,
        (fault, value) => fault with { Directive = value });

    /// <summary>In the order in which they are shown.</summary>
    public static IReadOnlyList<FaultParameter> ParametersOf(FaultKind kind) => [.. OwnOf(kind), .. CommonOf(kind)];

    static FaultParameter[] OwnOf(FaultKind kind) => kind switch
    {
        FaultKind.Error or FaultKind.Crash or FaultKind.Corrupt or FaultKind.Silent or FaultKind.External => [probability, fast],
        FaultKind.Hang or FaultKind.AckLost => [probability],
        FaultKind.Burst => [good, bad, mean, gap, fast],
        FaultKind.Slow => [probability, distribution, median, sigma],
        FaultKind.NeedsRest => [probability, idle, fast],
        FaultKind.QueryOfDeath => [share, fast],
        FaultKind.Outage => [fast],
        FaultKind.FirstK => [first, fast],
        FaultKind.CrashLoop => [probability, directive],
        _ => [],
    };

    // A stall is of a whole pool
    static FaultParameter[] CommonOf(FaultKind kind) =>
        kind == FaultKind.Stall ? [lane, from, lasts] : [lane, worker, from, lasts];

    static FaultParameter Number(
        string name, double min, double max, bool mayBeNull, Func<Fault, double?> get, Func<Fault, double?, Fault> with) =>
        new(name, FormattableString.Invariant($"a number in {min}..{max}{(mayBeNull ? ", or null" : "")}"), (fault, json) =>
            mayBeNull && json.ValueKind == JsonValueKind.Null ? with(fault, null)
            : json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var value) && value >= min && value <= max
                ? with(fault, value + 0.0) // no -0
                : null,
            fault => get(fault));

    static FaultParameter Whole(
        string name, long min, long max, bool mayBeNull, Func<Fault, long?> get, Func<Fault, long?, Fault> with) =>
        new(name, $"a whole number in {min}..{max}{(mayBeNull ? ", or null" : "")}", (fault, json) =>
            mayBeNull && json.ValueKind == JsonValueKind.Null ? with(fault, null)
            : json.ValueKind == JsonValueKind.Number && json.TryGetInt64(out var value) && value >= min && value <= max
                ? with(fault, value)
                : null,
            fault => get(fault));

    static FaultParameter Flag(string name, Func<Fault, bool> get, Func<Fault, bool, Fault> with) =>
        new(name, "true or false", (fault, json) =>
            json.ValueKind is JsonValueKind.True or JsonValueKind.False ? with(fault, json.GetBoolean()) : null,
            fault => get(fault));

    static FaultParameter Word<TEnum>(string name, Func<Fault, TEnum> get, Func<Fault, TEnum, Fault> with)
        where TEnum : struct, Enum =>
        new(name, $"one of {string.Join(", ", Words.All<TEnum>())}", (fault, json) =>
            json.ValueKind == JsonValueKind.String && Words.TryParse<TEnum>(json.GetString()!, out var value)
                ? with(fault, value)
                : null,
            fault => get(fault).Word());
}
