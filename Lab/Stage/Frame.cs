using System.Text.Json.Nodes;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// All that the stage shows at one instant: <c>/state</c> and <c>/events</c>. Self-contained, so that a page that has missed
/// some goes on with the next.
/// </summary>
sealed record Frame
{
    public string Service { get; init; } = "lab";
    public StageMode Mode { get; init; }

    /// <summary>Milliseconds since 1970 by Lab's clock, as every other time that ends in <c>_ms</c> and is an instant.</summary>
    public required long NowMs { get; init; }

    /// <summary>Null: what is shown happens now.</summary>
    public ReplayNow? Replay { get; init; }
    public required Contact Contact { get; init; }
    public required Lanes<LaneNow> Lanes { get; init; }
    public required LoadNow Load { get; init; }

    /// <summary>Work per second that one pool can do: WORKERS over the mean service time of the knobs. Theory; null where that is 0.</summary>
    public double? CapacityPerS { get; init; }
    public IReadOnlyDictionary<string, KnobNow> Knobs { get; init; } = new Dictionary<string, KnobNow>();

    /// <summary>As <c>GET /faults</c> of ServiceA shows them.</summary>
    public JsonArray Faults { get; init; } = [];
    public ActNow? Act { get; init; }
    public Prediction? Prediction { get; init; }
    public string? PredictionAbsent { get; init; }

    /// <summary>The last three that are finished, the newest last.</summary>
    public IReadOnlyList<Second> Seconds { get; init; } = [];

    /// <summary>The newest eight, the newest last.</summary>
    public IReadOnlyList<StageEvent> Events { get; init; } = [];

    /// <summary>How many the history has; when it grows, it is worth fetching.</summary>
    public int Arms { get; init; }
    public int Marks { get; init; }
}

enum StageMode { Live, Replay }

/// <summary>One thing for each lane.</summary>
sealed record Lanes<T>(T Actor, T Http)
{
    public T this[string lane] => lane == Scenarios.Lane.Actor ? Actor : Http;

    public static Lanes<T> Of(Func<string, T> what) => new(what(Scenarios.Lane.Actor), what(Scenarios.Lane.Http));
}

/// <param name="RecordedAt">When what is shown happened.</param>
/// <param name="Clock">Of what is shown; in virtual time <paramref name="RecordedAt"/> is no date.</param>
sealed record ReplayNow(DateTimeOffset RecordedAt, double PositionS, double LengthS, Clock Clock = Clock.Real);

enum ContactState { Starting, Up, Lost, Paused }

/// <param name="Words">For people, where not both are up.</param>
/// <param name="SinceMs">Since when not.</param>
sealed record Contact(ContactState ServiceA, ContactState ServiceB, string? Words, long? SinceMs);

/// <param name="ProbeInMs">Until an open breaker lets a probe through; null where none is open.</param>
/// <param name="Nodes">How many ServiceB nodes the lane has; the state is that of the worst.</param>
sealed record BreakerNow(string State, double? ProbeInMs, int Nodes);

/// <param name="State"><c>failing</c>: its last work failed since the frame before, and it was not restarted; otherwise as ServiceB says.</param>
sealed record WorkerNow(string State, int Restarts);

sealed record QueueNow(int Length, int Limit);

/// <summary>One lane. What is of the last ten seconds is null where nothing was answered in them.</summary>
/// <param name="SuccessPercent">Of the answers, as the client sees them.</param>
/// <param name="Work">Attempts that ServiceA sent.</param>
/// <param name="P50Ms">Of the successful.</param>
/// <param name="LatencyFrom">The stage's own load, or ServiceA's histogram.</param>
sealed record LaneNow(
    BreakerNow Breaker, double? SuccessPercent, long Answers, long Work, double? WorkPerAnswer, double RequestsPerS,
    double? P50Ms, double? P95Ms, LatencySource LatencyFrom, long InFlight,
    IReadOnlyDictionary<string, long> Requests, IReadOnlyDictionary<string, long> Attempts,
    IReadOnlyDictionary<string, long> Pool, IReadOnlyDictionary<string, long> Effects,
    QueueNow Queue, IReadOnlyList<WorkerNow> Workers);

enum LatencySource { Load, Histogram }

/// <summary>The stage's own load.</summary>
/// <param name="OtherPerS">Answers per second that it did not cause, in both lanes.</param>
sealed record LoadNow(bool On, double Rate, IReadOnlyList<string> Lanes, double? LagP99Ms, long Dropped, double OtherPerS);

sealed record KnobNow(JsonNode? Value, JsonNode? Default);

/// <summary>One second of one lane; <c>breaker</c> is null while ServiceA cannot be asked.</summary>
sealed record LaneSecond(
    long Sent, long Succeeded, long Failed, long Refused, long TimedOut, long Attempts, double? P50Ms, double? P95Ms, string? Breaker);

/// <param name="TMs">Its beginning.</param>
/// <param name="Offered">Requests per second of the stage's load in each of its lanes.</param>
sealed record Second(long TMs, LaneSecond Actor, LaneSecond Http, double Offered);

enum EventKind { Restart, Breaker, Service, Knob, Fault, Load, Act, Mark }

/// <param name="Seq">From 1, without gaps.</param>
/// <param name="Text">In plain words.</param>
sealed record StageEvent(long Seq, long TMs, EventKind Kind, string? Lane, string Text);
