using System.Globalization;
using System.Text.Json.Nodes;
using TinyResilient.Lab.Model;

namespace TinyResilient.Lab.Scenarios;

/// <summary>
/// What an arm's faults are in one lane, as the model has them. Each is active from from_s for for_s seconds; a from_s below
/// 0 is that of a fault which was there before the first request.
/// </summary>
sealed class ArmFaults(IEnumerable<JsonObject> all, string lane)
{
    // Longer than any run, and still a number to reckon with.
    const double Forever = 1e6;

    static readonly string[] sickening = ["corrupt", "silent", "external", "needs_rest"];
    static readonly string[] always = ["silent", "external", "needs_rest", "burst"];

    readonly IReadOnlyList<JsonObject> _faults =
        [.. all.Where(fault => fault["lane"] is not { } of || $"{of}" == lane || $"{of}" == "both").Where(fault => Until(fault) > 0)];

    /// <summary>Why the model cannot hold them, as the end of a sentence; null: it can.</summary>
    public string? Lack => _faults.Select(LackOf).FirstOrDefault(lack => lack is not null) ?? LackOfTwo;

    public ModelFaults AtStart(double failureRate) => At(0, failureRate);

    public ServiceTime WorkAtStart(ServiceTime usual, double? busyS) => Work(0, usual, busyS);

    /// <summary>What changes while requests arrive.</summary>
    public IReadOnlyList<ModelPhase> Later(double failureRate, ServiceTime usual, double? busyS) =>
        [.. _faults.SelectMany(fault => (double[])[From(fault), Until(fault)]).Where(time => time is > 0 and < Forever).Distinct().Order()
            .Select(time => new ModelPhase(time, At(time, failureRate), Work(time, usual, busyS)))];

    static string? LackOf(JsonObject fault) => Kind(fault) switch
    {
        var kind and ("first_k" or "crash_loop") => $"the model has no fault {kind}",
        var kind when fault["worker"] is not null => $"the model has no fault {kind} of one worker alone",
        var kind when IsFast(fault) && kind != "corrupt" => $"the model has no fault {kind} that fails fast",
        var kind when (always.Contains(kind) || IsFast(fault)) && (From(fault) > 0 || Until(fault) < Forever) =>
            $"the model has no fault {kind} that begins later or ends by itself",
        _ => null,
    };

    string? LackOfTwo => _faults.Where(fault => Kind(fault) is not ("error" or "outage"))
        .GroupBy(fault => sickening.Contains(Kind(fault)) ? "that spoils workers" : Kind(fault))
        .Where(group => group.Count() > 1).Select(group => $"the model has only one fault {group.Key} at a time").FirstOrDefault();

    // Independent errors: an attempt passes where none of them strikes.
    ModelFaults At(double time, double failureRate) => _faults.Where(fault => IsActive(fault, time)).Aggregate(
        new ModelFaults(Error: failureRate) { Stall = Stall }, (faults, fault) => Kind(fault) switch
        {
            "error" => faults with { Error = 1 - (1 - faults.Error) * (1 - Chance(fault)) },
            "outage" => faults with { Error = 1 },
            "hang" => faults with { Hang = Chance(fault) },
            "crash" => faults with { Crash = Chance(fault) },
            "corrupt" => faults with { Corrupt = Chance(fault), Fast = IsFast(fault) },
            "silent" => faults with { Corrupt = Chance(fault), Silent = true },
            "external" => faults with { Corrupt = Chance(fault), External = true },
            "query_of_death" => faults with { QueryOfDeath = Number(fault, "share") },
            "ack_lost" => faults with { AckLost = Chance(fault) },
            "burst" => faults with
            {
                Burst = new(Number(fault, "good"), Number(fault, "bad"), Number(fault, "mean_s"), Number(fault, "gap_s"), Age(fault)),
            },
            "needs_rest" => faults with { NeedsRest = new(Chance(fault), Number(fault, "idle_s")) },
            "stall" or "slow" => faults,
            var kind => throw new ArgumentException($"the model has no fault {kind}", nameof(time)),
        });

    // It knows its own time: work that it meets ends later.
    StallFault? Stall => _faults.FirstOrDefault(fault => Kind(fault) == "stall") is { } stall
        ? new(From(stall), Until(stall) - From(stall)) : null;

    ServiceTime Work(double time, ServiceTime usual, double? busyS)
    {
        if (_faults.FirstOrDefault(fault => Kind(fault) == "slow" && IsActive(fault, time)) is not { } slow)
            return busyS is { } measured ? ServiceTime.Fixed(measured) : usual;
        var median = Number(slow, "median_ms") / 1_000;
        return ServiceTime.Mixed(Chance(slow), $"{slow["distribution"]}" switch
        {
            "exponential" => ServiceTime.Exponential(busyS ?? median / Math.Log(2)),
            "fixed" => ServiceTime.Fixed(median),
            _ => ServiceTime.Lognormal(median, Number(slow, "sigma")),
        }, usual);
    }

    static bool IsActive(JsonObject fault, double time) => From(fault) <= time && time < Until(fault);

    static double From(JsonObject fault) => Number(fault, "from_s", 0);

    static double Until(JsonObject fault) => fault["for_s"] is null ? Forever : From(fault) + Number(fault, "for_s");

    // A burst that an arm sets begins before its first request; how long before is only known of one that was seen to begin.
    static double Age(JsonObject burst) => burst["from_s"] is null ? double.PositiveInfinity : -From(burst);

    static bool IsFast(JsonObject fault) => fault["fast"]?.GetValue<bool>() is true;

    static string Kind(JsonObject fault) => $"{fault["kind"]}";

    static double Chance(JsonObject fault) => Number(fault, "probability", 1);

    static double Number(JsonObject fault, string name, double @default = 0) => fault[name] is { } value ? Number(value) : @default;

    /// <summary>Of a JSON number, whatever type it was made from.</summary>
    public static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
}
