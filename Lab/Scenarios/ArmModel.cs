using System.Globalization;
using System.Text.Json.Nodes;
using TinyResilient.Lab.Model;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Scenarios;

/// <summary>
/// Reads an arm's knobs and faults as the model's settings, so that what is predicted is what is run. Knows only what
/// scenarios use; a fault that the model does not have is an error, not a silence.
/// </summary>
static class ArmModel
{
    public static ModelSettings Of(Arm arm)
    {
        double Knob(string name, double @default) =>
            arm.Knobs.TryGetValue(name, out var value) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : @default;
        string Word(string name, string @default) => arm.Knobs.TryGetValue(name, out var value) ? $"{value}" : @default;
        bool Flag(string name, bool @default) => arm.Knobs.TryGetValue(name, out var value) ? value is true : @default;

        return new(new Model.Arrivals(arm.Rate, arm.Seconds, arm.Arrivals == LoadTest.Arrivals.Poisson, arm.Requests), Work(arm, Knob))
        {
            Pool = new(
                (int)Knob("WORKERS", 64), (int)Knob("QUEUE_LIMIT", 64), Enum.Parse<ModelSupervision>(Word("ACTOR_SUPERVISION", "restart"), ignoreCase: true),
                Knob("RESTART_BACKOFF_MS", 0) / 1_000, Flag("ANSWER_BEFORE_RESTART", true), Knob("HANG_AFTER_MS", 5_000) / 1_000,
                Flag("DEADLINE_PROPAGATION", true), Knob("EXPIRY_MARGIN", 0), Flag("IDEMPOTENCY", false), (int)Knob("QUARANTINE_AFTER", 0)),
            Faults = Faults(arm) with { Error = Faults(arm).Error + Knob("FAILURE_RATE", 0.3) },
            Policy = new(
                (int)Knob("MAX_RETRIES", 2), Knob("REQUEST_TIMEOUT_S", 1), Knob("TOTAL_TIMEOUT_S", 10), Knob("BACKOFF_BASE_MS", 50) / 1_000,
                Knob("BACKOFF_MAX_MS", 1_000) / 1_000, Enum.Parse<ModelJitter>(Word("JITTER", "full"), ignoreCase: true),
                Knob("HEDGE_AFTER_MS", 0) / 1_000, Flag("RETRY_ON_CRASH", true))
            {
                Breaker = Knob("FAILURE_THRESHOLD", 5) is > 0 and var failures ? new((int)failures, Knob("COOL_DOWN_SECONDS", 5)) : null,
                Budget = Budget(Word("RETRY_BUDGET", "none")),
            },
            Nodes = Nodes(arm, Word("BREAKER_SCOPE", "node")),
        };
    }

    static ServiceTime Work(Arm arm, Func<string, double, double> knob)
    {
        // A worker is busy a little longer than its work takes; measured capacity knows by how much.
        var scale = arm.CapacityPerS is { } capacity ? knob("WORKERS", 64) / capacity : 0;
        var slow = arm.Faults.FirstOrDefault(fault => Kind(fault) == "slow");
        var median = slow is null ? 0 : Number(slow, "median_ms") / 1_000;
        return $"{slow?["distribution"]}" switch
        {
            "" when scale > 0 => ServiceTime.Fixed(scale),
            "exponential" when scale > 0 => ServiceTime.Exponential(scale),
            "" => ServiceTime.Uniform(knob("BASE_LATENCY_MS", 30) / 1_000, knob("MAX_LATENCY_MS", 800) / 1_000),
            "exponential" => ServiceTime.Exponential(median / Math.Log(2)),
            "lognormal" => ServiceTime.Lognormal(median, Number(slow!, "sigma")),
            _ => ServiceTime.Fixed(median),
        };
    }

    static ModelFaults Faults(Arm arm)
    {
        var faults = new ModelFaults();
        foreach (var fault in arm.Faults)
        {
            double Value(string name) => Number(fault, name);
            faults = Kind(fault) switch
            {
                "error" => faults with { Error = Value("probability") },
                "hang" => faults with { Hang = Value("probability") },
                "crash" => faults with { Crash = Value("probability") },
                "corrupt" => faults with { Corrupt = Value("probability"), Fast = fault["fast"]?.GetValue<bool>() == true },
                "silent" => faults with { Corrupt = Value("probability"), Silent = true },
                "external" => faults with { Corrupt = Value("probability"), External = true },
                "query_of_death" => faults with { QueryOfDeath = Value("share") },
                "ack_lost" => faults with { AckLost = Value("probability") },
                "burst" => faults with { Burst = new(Value("good"), Value("bad"), Value("mean_s"), Value("gap_s")) },
                "stall" => faults with { Stall = new(Value("from_s"), Value("for_s")) },
                "needs_rest" => faults with { NeedsRest = new(Value("probability"), Value("idle_s")) },
                "slow" => faults,
                var kind => throw new ArgumentException($"the model has no fault {kind}", nameof(arm)),
            };
        }
        return faults;
    }

    static ModelNodes Nodes(Arm arm, string scope) => new(
        arm.Nodes, arm.NodeFaults.Values.SelectMany(faults => faults).Sum(fault => Number(fault, "probability")), RetryNode.Other,
        Enum.Parse<BreakerScope>(scope, ignoreCase: true));

    static RetryBudget? Budget(string text) =>
        text.Split(':') is [var of, var share] ? new(double.Parse(share, CultureInfo.InvariantCulture), of == "successes") : null;

    static string Kind(JsonObject fault) => $"{fault["kind"]}";

    static double Number(JsonObject fault, string name) => Convert.ToDouble(fault[name]?.ToJsonString() ?? "0", CultureInfo.InvariantCulture);
}
