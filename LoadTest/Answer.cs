namespace TinyResilient.LoadTest;

/// <summary>How a request ended, as its client sees it.</summary>
public enum Outcome
{
    /// <summary>A 2xx, and <c>ok</c> is true where the answer has one.</summary>
    Succeeded,

    /// <summary>Turned away on purpose: 503 or 429.</summary>
    Refused,

    /// <summary>Any other answer.</summary>
    Failed,

    /// <summary>No whole answer came: not connected, closed, too slow.</summary>
    NoAnswer,
}

/// <summary>The state of the breaker that an answer told.</summary>
public enum BreakerState
{
    /// <summary>Calls pass.</summary>
    Closed,

    /// <summary>One probe passes.</summary>
    HalfOpen,

    /// <summary>Calls are refused.</summary>
    Open,
}

/// <summary>What one request brought.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Cause">Why it did not succeed, in a few words; null for a success.</param>
/// <param name="Attempts">Attempts that the gateway made for it; null when the answer does not
/// tell.</param>
/// <param name="Breaker">State of the breaker when answering; null when the answer does not
/// tell.</param>
public readonly record struct Answer(
    Outcome Outcome, string? Cause, int? Attempts, BreakerState? Breaker)
{
    /// <summary>Times that the client had asked before.</summary>
    public int Retries { get; init; }

    /// <summary>The last answer of a client that asks again, with the attempts of all.</summary>
    public Answer After(Answer before) => this with
    {
        Attempts = Attempts is null && before.Attempts is null
            ? null
            : (Attempts ?? 0) + (before.Attempts ?? 0),
        Retries = before.Retries + 1,
    };

    /// <summary>A request without a whole answer.</summary>
    public static Answer None(string cause) => new(Outcome.NoAnswer, cause, null, null);
}

/// <summary>
/// One request that was sent and has ended. All instants count from the start of the counted run.
/// </summary>
/// <param name="Id">The <c>X-Request-Id</c> it carried.</param>
/// <param name="Intended">When it was due; in a closed loop when it was sent.</param>
/// <param name="Sent">When it was sent.</param>
/// <param name="Ended">When the last byte of its answer was read, or it was given up.</param>
/// <param name="Answer">What it brought.</param>
public readonly record struct Sample(
    string Id, TimeSpan Intended, TimeSpan Sent, TimeSpan Ended, Answer Answer)
{
    /// <summary>What a user waits: from the intended instant.</summary>
    public TimeSpan Response => Ended - Intended;

    /// <summary>What the server and the wire take: from the actual send.</summary>
    public TimeSpan Service => Ended - Sent;

    /// <summary>How late the generator was.</summary>
    public TimeSpan Lag => Sent - Intended;
}
