namespace TinyResilient.LoadTest;

/// <summary>How many requests ended one way for one reason.</summary>
public sealed record CauseCount(Outcome Outcome, string Cause, long Count);

/// <summary>What happened to the requests that were due in one second of the run.</summary>
/// <param name="Second">From 0.</param>
/// <param name="Counts">Of those requests.</param>
/// <param name="Response">From the intended instant, all that were sent; percentiles within 1
/// %.</param>
/// <param name="LagMaxMs">How late the latest of them left; null when none was sent.</param>
public sealed record SecondRow(
    int Second, Tally Counts, LatencySummary? Response, double? LagMaxMs);

/// <summary>
/// What a run measured; warm-up and requests cut off by an interruption are not in its counts.
/// </summary>
public sealed record LoadResult
{
    /// <summary>What was asked.</summary>
    public required LoadOptions Options { get; init; }

    /// <summary>
    /// From the first intended instant to the end of the sending; the divisor of the achieved rate.
    /// </summary>
    public required TimeSpan Sending { get; init; }

    /// <summary>The run was stopped before its end.</summary>
    public bool Interrupted { get; init; }

    /// <summary>Under way when the run was interrupted.</summary>
    public long Unfinished { get; init; }

    /// <summary>Of all requests that ended.</summary>
    public Tally Counts { get; init; }

    /// <summary>Why requests were not successful, most frequent first.</summary>
    public IReadOnlyList<CauseCount> Causes { get; init; } = [];

    /// <summary>When the breaker was seen open; null: never.</summary>
    public BreakerOpen? BreakerOpen { get; init; }

    /// <summary>When the first request that got no answer was due; null: all got one.</summary>
    public TimeSpan? FirstNoAnswer { get; init; }

    /// <summary>From the intended instant, all that were sent; null: none, as below.</summary>
    public LatencySummary? All { get; init; }

    /// <summary>From the intended instant, successful ones only.</summary>
    public LatencySummary? Ok { get; init; }

    /// <summary>From the actual send, all that were sent.</summary>
    public LatencySummary? Service { get; init; }

    /// <summary>Actual send after intended instant.</summary>
    public LatencySummary? Lag { get; init; }

    /// <summary>By the second in which requests were due.</summary>
    public IReadOnlyList<SecondRow> Seconds { get; init; } = [];

    /// <summary>
    /// Requests per second that left, over the whole run; null when it ended at once.
    /// </summary>
    public double? AchievedRate =>
        Sending > TimeSpan.Zero ? (Counts.Sent + Unfinished) / Sending.TotalSeconds : null;
}
