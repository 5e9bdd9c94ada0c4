namespace TinyResilient.LoadTest;

/// <summary>
/// Counts of requests by how they ended, of their attempts, and of the breaker states in their
/// answers.
/// </summary>
public readonly record struct Tally
{
    /// <summary>See <see cref="Outcome.Succeeded"/>.</summary>
    public long Succeeded { get; init; }

    /// <summary>See <see cref="Outcome.Refused"/>.</summary>
    public long Refused { get; init; }

    /// <summary>See <see cref="Outcome.Failed"/>.</summary>
    public long Failed { get; init; }

    /// <summary>See <see cref="Outcome.NoAnswer"/>.</summary>
    public long NoAnswer { get; init; }

    /// <summary>
    /// Due, but not sent, because too many were under way. Counts as not successful.
    /// </summary>
    public long Dropped { get; init; }

    /// <summary>Answers that told this state.</summary>
    public long Closed { get; init; }

    /// <summary>Answers that told this state.</summary>
    public long HalfOpen { get; init; }

    /// <summary>Answers that told this state.</summary>
    public long Open { get; init; }

    /// <summary>Answers that tell their attempts.</summary>
    public long AnswersWithAttempts { get; init; }

    /// <summary>Of them, those with at least one attempt: not refused before the first.</summary>
    public long Attempted { get; init; }

    /// <summary>Attempts of the gateway, over the answers that tell.</summary>
    public long Attempts { get; init; }

    /// <summary>Times that a client asked again.</summary>
    public long Retries { get; init; }

    /// <summary>Sent, and ended one way or the other.</summary>
    public long Sent => Succeeded + Refused + Failed + NoAnswer;

    /// <summary>Answered, in whatever way.</summary>
    public long Answered => Sent - NoAnswer;

    /// <summary>Sent or dropped: what the summary calls all requests.</summary>
    public long Total => Sent + Dropped;

    /// <summary>Of all requests, those that told no breaker state.</summary>
    public long Unknown => Total - Closed - HalfOpen - Open;

    /// <summary>Attempts per answer that tells them; null when none does.</summary>
    public double? AttemptsPerAnswer =>
        AnswersWithAttempts == 0 ? null : (double)Attempts / AnswersWithAttempts;

    /// <summary>Of all requests, in percent; null when there were none.</summary>
    public double? SuccessPercent => Percent(Succeeded);

    /// <summary>
    /// A count as a share of all requests, in percent; null when there were none.
    /// </summary>
    public double? Percent(long count) => Total == 0 ? null : 100.0 * count / Total;

    /// <summary>One more request that was sent and has ended.</summary>
    public Tally With(Answer answer) => this with
    {
        Succeeded = Succeeded + One(answer.Outcome == Outcome.Succeeded),
        Refused = Refused + One(answer.Outcome == Outcome.Refused),
        Failed = Failed + One(answer.Outcome == Outcome.Failed),
        NoAnswer = NoAnswer + One(answer.Outcome == Outcome.NoAnswer),
        Closed = Closed + One(answer.Breaker == BreakerState.Closed),
        HalfOpen = HalfOpen + One(answer.Breaker == BreakerState.HalfOpen),
        Open = Open + One(answer.Breaker == BreakerState.Open),
        AnswersWithAttempts = AnswersWithAttempts + One(answer.Attempts is not null),
        Attempted = Attempted + One(answer.Attempts > 0),
        Attempts = Attempts + (answer.Attempts ?? 0),
        Retries = Retries + answer.Retries,
    };

    static int One(bool condition) => condition ? 1 : 0;
}
