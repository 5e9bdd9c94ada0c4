using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Http;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA;

/// <summary>The knobs of ServiceA in one lane, as one request sees them from its arrival to its answer.</summary>
public sealed record GatewayKnobs(
    TimeSpan RequestTimeout, int MaxRetries, int FailureThreshold, TimeSpan CoolDown,
    RetrySchedule Backoff, TimeSpan TotalTimeout, int MaxInFlight, long Seed,
    PipelineKind Pipeline, BreakerKind HttpBreaker, RatioRule Ratio, BreakerScope Scope,
    Proportion RetryBudget, TimeSpan HedgeAfter, bool SendsDeadline, bool RetriesCrash)
{
    static readonly Knob<double> requestTimeout = Knob.Real("REQUEST_TIMEOUT_S", 1.0, 0.01, 60, "s", KnobLevel.Basic,
        "how long one attempt may take");
    static readonly Knob<long> maxRetries = Knob.Whole("MAX_RETRIES", 2, 0, 10, "retries", KnobLevel.Basic,
        "attempts after the first; 2 = one call + two retries");
    static readonly Knob<long> failureThreshold = Knob.Whole("FAILURE_THRESHOLD", 5, 0, 1_000, "failures", KnobLevel.Basic,
        "failed attempts in a row that open the breaker; 0 = no breaker, neither this one nor the one by ratio");
    static readonly Knob<double> coolDown = Knob.Real("COOL_DOWN_SECONDS", 5, 0.5, 600, "s", KnobLevel.Basic,
        "how long an open breaker refuses before it lets one probe through");
    static readonly Knob<double> backoffBase = Knob.Real("BACKOFF_BASE_MS", 50, 0, 60_000, "ms", KnobLevel.Advanced,
        "upper bound of the pause before the first retry; doubles with each retry");
    static readonly Knob<double> backoffMax = Knob.Real("BACKOFF_MAX_MS", 1_000, 0, 60_000, "ms", KnobLevel.Advanced,
        "longest pause before a retry");
    static readonly Knob<Jitter> jitter = Knob.Choice("JITTER", Jitter.Full, KnobLevel.Advanced,
        "how the pause is spread: full 0..v, equal v/2..v, decorrelated base..3 x the previous pause, none v");
    static readonly Knob<double> totalTimeout = Knob.Real("TOTAL_TIMEOUT_S", 10, 0.01, 600, "s", KnobLevel.Advanced,
        "how long a request may take with all its attempts and pauses");
    static readonly Knob<long> maxInFlight = Knob.Whole("MAX_IN_FLIGHT", 10_000, 1, 1_000_000, "requests", KnobLevel.Advanced,
        "requests that may be in flight in each lane; more are refused");
    static readonly Knob<PipelineKind> pipeline = Knob.Choice("HTTP_PIPELINE", PipelineKind.Knobs, KnobLevel.Advanced,
        "policies of lane http: these knobs, .NET's standard resilience handler as shipped, or none: HttpClient as it is");
    static readonly Knob<BreakerKind> httpBreaker = Knob.Choice("HTTP_BREAKER", BreakerKind.Ratio, KnobLevel.Advanced,
        "breaker of lane http: Polly's by ratio, or the one of lane actor by failures in a row");
    static readonly Knob<double> breakerRatio = Knob.Real("BREAKER_RATIO", 0.5, 0.01, 1, "", KnobLevel.Advanced,
        "share of failed attempts that opens the breaker by ratio");
    static readonly Knob<long> breakerMinCalls = Knob.Whole("BREAKER_MIN_CALLS", 10, 2, 100_000, "attempts", KnobLevel.Advanced,
        "with fewer attempts in its window the breaker by ratio stays closed");
    static readonly Knob<double> breakerWindow = Knob.Real("BREAKER_WINDOW_S", 10, 0.5, 600, "s", KnobLevel.Advanced,
        "how far back the breaker by ratio looks");
    static readonly Knob<BreakerScope> breakerScope = Knob.Choice("BREAKER_SCOPE", BreakerScope.Node, KnobLevel.Advanced,
        "node: each ServiceB node has a breaker; service: all of them have one");
    static readonly Knob<Proportion> retryBudget = Knob.ShareOf("RETRY_BUDGET",
        [Gateway.RetryBudget.Requests, Gateway.RetryBudget.Successes], KnobLevel.Advanced,
        "retries and hedges within 10 s, at most this share of the lane's requests, or of its successes");
    static readonly Knob<double> hedgeAfter = Knob.Real("HEDGE_AFTER_MS", 0, 0, 60_000, "ms", KnobLevel.Advanced,
        "after so long without an answer a second attempt goes out, and the first success wins; 0 = never");
    static readonly Knob<bool> deadlinePropagation = Knob.Flag("DEADLINE_PROPAGATION", true, KnobLevel.Advanced,
        "attempts say how long their answer is waited for; false: ServiceB also works for callers that are gone");
    static readonly Knob<bool> retryOnCrash = Knob.Flag("RETRY_ON_CRASH", true, KnobLevel.Advanced,
        "whether an attempt that crashed its worker is tried again, on the next one");
    static readonly Knob<long> seed = Knob.Seed(TimeProvider.System);

    static readonly IReadOnlyList<Knob> httpOnly = [pipeline, httpBreaker, breakerRatio, breakerMinCalls, breakerWindow];

    /// <summary>Every knob of ServiceA, in the order in which it is shown.</summary>
    public static readonly IReadOnlyList<Knob> All =
    [
        requestTimeout, maxRetries, failureThreshold, coolDown, backoffBase, backoffMax, jitter, totalTimeout, maxInFlight,
        .. httpOnly, breakerScope, retryBudget, hedgeAfter, deadlinePropagation, retryOnCrash, seed,
    ];

    /// <summary>The knobs that one lane may have a value of its own for: <c>ACTOR_MAX_RETRIES</c>, <c>HTTP_MAX_RETRIES</c>.</summary>
    public static readonly IReadOnlyList<Knob> OfOneLane =
        [.. LaneKnob.Of(Names.ActorLane, All.Except(httpOnly)), .. LaneKnob.Of(Names.HttpLane, All)];

    /// <summary>The values that hold in a lane.</summary>
    public static GatewayKnobs From(KnobValues all, string lane)
    {
        var values = all.In(lane);
        return new GatewayKnobs(
            TimeSpan.FromSeconds(values.Get(requestTimeout)), (int)values.Get(maxRetries), (int)values.Get(failureThreshold),
            TimeSpan.FromSeconds(values.Get(coolDown)),
            new RetrySchedule(
                values.Get(jitter), TimeSpan.FromMilliseconds(values.Get(backoffBase)), TimeSpan.FromMilliseconds(values.Get(backoffMax))),
            TimeSpan.FromSeconds(values.Get(totalTimeout)), (int)values.Get(maxInFlight), values.Get(seed),
            values.Get(pipeline), values.Get(httpBreaker),
            new RatioRule(
                values.Get(breakerRatio), (int)values.Get(breakerMinCalls), TimeSpan.FromSeconds(values.Get(breakerWindow))),
            values.Get(breakerScope), values.Get(retryBudget), TimeSpan.FromMilliseconds(values.Get(hedgeAfter)),
            values.Get(deadlinePropagation), values.Get(retryOnCrash));
    }

    /// <summary>Whether all nodes have one breaker; the one of the standard handler is so.</summary>
    public bool HasOneBreaker => Scope == BreakerScope.Service || Pipeline == PipelineKind.Standard;
}
