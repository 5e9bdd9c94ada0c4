using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB;

/// <summary>The knobs of ServiceB, as one piece of work sees them from its arrival to its end.</summary>
public sealed record WorkKnobs(
    double FailureRate, TimeSpan BaseLatency, TimeSpan MaxLatency, int Workers, int QueueLimit,
    Supervision ActorSupervision, Supervision HttpSupervision, bool AnswerBeforeRestart, TimeSpan RestartBackoff,
    TimeSpan HangAfter, bool Idempotency, int QuarantineAfter, double ExpiryMargin, long Seed)
{
    static readonly Knob<double> failureRate = Knob.Real("FAILURE_RATE", 0.3, 0, 1, "probability", KnobLevel.Basic,
        "share of attempts at which a worker fails");
    static readonly Knob<double> baseLatency = Knob.Real("BASE_LATENCY_MS", 30, 0, 60_000, "ms", KnobLevel.Basic,
        "shortest time that work takes");
    static readonly Knob<double> maxLatency = Knob.Real("MAX_LATENCY_MS", 800, 0, 60_000, "ms", KnobLevel.Basic,
        "upper bound of the extra delay, uniform from 0");
    static readonly Knob<long> workers = Knob.Whole("WORKERS", 64, 1, 10_000, "workers", KnobLevel.Advanced,
        "workers of each pool");
    static readonly Knob<long> queueLimit = Knob.Whole("QUEUE_LIMIT", 64, 0, 1_000_000, "requests", KnobLevel.Advanced,
        "work that may wait in front of each pool; more is refused as busy");
    static readonly Knob<Supervision> actorSupervision = Knob.Choice("ACTOR_SUPERVISION", Supervision.Restart, KnobLevel.Advanced,
        "a failing worker of pool actor: restart it with clean state, resume it as it is, or take a fresh one for every request");
    static readonly Knob<Supervision> httpSupervision = Knob.Choice("HTTP_SUPERVISION", Supervision.Resume, KnobLevel.Advanced,
        "the same for pool http");
    static readonly Knob<bool> answerBeforeRestart = Knob.Flag("ANSWER_BEFORE_RESTART", true, KnobLevel.Advanced,
        "a failing worker answers before it is restarted; false: the caller waits out its timeout");
    static readonly Knob<double> restartBackoff = Knob.Real("RESTART_BACKOFF_MS", 0, 0, 60_000, "ms", KnobLevel.Advanced,
        "pause of a restarted worker before it takes work again");
    static readonly Knob<double> hangAfter = Knob.Real("HANG_AFTER_MS", 5_000, 0, 600_000, "ms", KnobLevel.Advanced,
        "a worker busy with one piece of work for longer is replaced; 0 = never");
    static readonly Knob<bool> idempotency = Knob.Flag("IDEMPOTENCY", false, KnobLevel.Advanced,
        "the work of one request id is done once; a later attempt gets the answer of the first");
    static readonly Knob<long> quarantineAfter = Knob.Whole("QUARANTINE_AFTER", 0, 0, 1_000, "crashes", KnobLevel.Advanced,
        "a request id that has crashed workers this often is refused; 0 = never");
    static readonly Knob<double> expiryMargin = Knob.Real("EXPIRY_MARGIN", 0, 0, 100, "mean service times", KnobLevel.Advanced,
        "work is dropped where less than this is left of its budget when a worker would take it");

    static readonly Knob<long> seed = Knob.Seed(TimeProvider.System);

    /// <summary>Every knob of ServiceB, in the order in which it is shown.</summary>
    public static readonly IReadOnlyList<Knob> All =
    [
        failureRate, baseLatency, maxLatency, workers, queueLimit, actorSupervision, httpSupervision, answerBeforeRestart,
        restartBackoff, hangAfter, idempotency, quarantineAfter, expiryMargin, seed,
    ];

    /// <summary>What becomes of a failing worker in the pool of this lane.</summary>
    public Supervision SupervisionOf(string lane) => lane == Names.ActorLane ? ActorSupervision : HttpSupervision;

    public static WorkKnobs From(KnobValues values) => new(
        values.Get(failureRate), Ms(values.Get(baseLatency)), Ms(values.Get(maxLatency)), (int)values.Get(workers), (int)values.Get(queueLimit),
        values.Get(actorSupervision), values.Get(httpSupervision), values.Get(answerBeforeRestart), Ms(values.Get(restartBackoff)), Ms(values.Get(hangAfter)),
        values.Get(idempotency), (int)values.Get(quarantineAfter), values.Get(expiryMargin), values.Get(seed));

    static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
