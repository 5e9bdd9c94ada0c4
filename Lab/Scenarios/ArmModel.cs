using System.Globalization;
using TinyResilient.Lab.Model;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Scenarios;

/// <summary>
/// Reads an arm's knobs and faults in one lane as the model's settings, so that what is predicted is what is run. Knows every
/// knob that services have; what the model lacks is named, and never passed over.
/// </summary>
sealed class ArmModel(Arm arm, string lane)
{
    const double HttpClientTimeoutS = 100;

    readonly ArmFaults _faults = new(arm.Faults, lane);

    /// <summary>The settings of the arm's first lane; both are equal where an arm is judged by them.</summary>
    public static ModelSettings Of(Arm arm) => Of(arm, arm.Lanes[0]);

    public static ModelSettings Of(Arm arm, string lane) => new ArmModel(arm, lane).Settings;

    /// <summary>What the arm has and the model has not, as the end of a sentence; null: nothing.</summary>
    public static string? Lack(Arm arm, string lane) => new ArmModel(arm, lane) is var one && one.Word("HTTP_PIPELINE", "knobs") == "standard" && lane == Lane.Http
        ? "the model has no HTTP_PIPELINE=standard"
        : arm.EndsProcesses ? "the model has no process that dies"
        : arm.ClientRetries > 0 ? "the model has no retries by the client itself"
        : one._faults.Lack;

    ModelSettings Settings => new(
        new Model.Arrivals(arm.Rate, arm.Seconds, arm.Arrivals == LoadTest.Arrivals.Poisson, arm.Requests), _faults.WorkAtStart(Usual, BusyS))
    {
        Pool = new(
            (int)Number("WORKERS", 64), (int)Number("QUEUE_LIMIT", 64), Choice<ModelSupervision>("SUPERVISION", lane == Lane.Actor ? "restart" : "resume"),
            Number("RESTART_BACKOFF_MS", 0) / 1_000, Flag("ANSWER_BEFORE_RESTART", true), Number("HANG_AFTER_MS", 5_000) / 1_000,
            !IsBare && Flag("DEADLINE_PROPAGATION", true), Number("EXPIRY_MARGIN", 0), Flag("IDEMPOTENCY", false), (int)Number("QUARANTINE_AFTER", 0)),
        Faults = _faults.AtStart(FailureRate),
        Later = _faults.Later(FailureRate, Usual, BusyS),
        Policy = IsBare ? Bare : Policy,
        Nodes = new(
            arm.Nodes, arm.NodeFaults.Values.SelectMany(faults => faults).Sum(fault => (double)fault["probability"]!), RetryNode.Other,
            Choice<BreakerScope>("BREAKER_SCOPE", "node")),
    };

    // Outermost first: total deadline, retry, breaker, attempt timeout.
    ModelPolicy Policy => new(
        (int)Number("MAX_RETRIES", 2), Number("REQUEST_TIMEOUT_S", 1), Number("TOTAL_TIMEOUT_S", 10), Number("BACKOFF_BASE_MS", 50) / 1_000,
        Number("BACKOFF_MAX_MS", 1_000) / 1_000, Choice<ModelJitter>("JITTER", "full"), Number("HEDGE_AFTER_MS", 0) / 1_000, Flag("RETRY_ON_CRASH", true),
        MaxInFlight)
    {
        Breaker = HasBreaker && !IsByRatio ? new((int)Number("FAILURE_THRESHOLD", 5), CoolDown) : null,
        Ratio = HasBreaker && IsByRatio
            ? new(Number("BREAKER_RATIO", 0.5), (int)Number("BREAKER_MIN_CALLS", 10), Number("BREAKER_WINDOW_S", 10), CoolDown) : null,
        Budget = Budget(Word("RETRY_BUDGET", "none")),
    };

    // HttpClient as it is, which sends no deadline either
    bool IsBare => lane == Lane.Http && Word("HTTP_PIPELINE", "knobs") == "none";

    ModelPolicy Bare => new(0, HttpClientTimeoutS, HttpClientTimeoutS, MaxInFlight: MaxInFlight);

    bool HasBreaker => Number("FAILURE_THRESHOLD", 5) > 0;

    bool IsByRatio => lane == Lane.Http && Word("HTTP_BREAKER", "ratio") == "ratio";

    double CoolDown => Number("COOL_DOWN_SECONDS", 5);

    int MaxInFlight => (int)Number("MAX_IN_FLIGHT", 10_000);

    double FailureRate => Number("FAILURE_RATE", 0.3);

    ServiceTime Usual => ServiceTime.Uniform(Number("BASE_LATENCY_MS", 30) / 1_000, Number("MAX_LATENCY_MS", 800) / 1_000);

    // A worker is busy a little longer than its work takes; measured capacity knows by how much.
    double? BusyS => Number("WORKERS", 64) / arm.CapacityPerS;

    static RetryBudget? Budget(string text) =>
        text.Split(':') is [var of, var share] ? new(double.Parse(share, CultureInfo.InvariantCulture), of == "successes") : null;

    // A knob that is set for the lane alone stands in for the plain one.
    object? Value(string name) =>
        arm.Knobs.GetValueOrDefault($"{lane.ToUpperInvariant()}_{name}") ?? arm.Knobs.GetValueOrDefault(name);

    double Number(string name, double @default) => Value(name) is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : @default;

    string Word(string name, string @default) => Value(name) is { } value ? $"{value}" : @default;

    bool Flag(string name, bool @default) => Value(name) is { } value ? value is true : @default;

    T Choice<T>(string name, string @default) where T : struct, Enum => Enum.Parse<T>(Word(name, @default), ignoreCase: true);
}
