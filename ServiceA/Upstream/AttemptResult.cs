using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Upstream;

/// <summary>How one attempt ended, as ServiceA sees it; the same table for both lanes.</summary>
public enum AttemptOutcome
{
    Completed, Failed, Crashed, TimedOut, ConnectionLost, Expired, Draining, Busy, CircuitOpen, Unavailable,
}

/// <summary>One attempt's end.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Answer">What ServiceB said, or null where nothing came.</param>
/// <param name="RetryAfter">How long an open breaker still refuses.</param>
/// <param name="Node">The node that was tried, or null where none could be.</param>
/// <param name="IsCounted">Whether the breaker has been told of it already, once for all that were on a connection.</param>
/// <param name="IsExcused">Whether it ran out only because ServiceA itself stood still.</param>
public sealed record AttemptResult(
    AttemptOutcome Outcome, WorkAnswer? Answer = null, TimeSpan RetryAfter = default, UpstreamNode? Node = null,
    bool IsCounted = false, bool IsExcused = false)
{
    public static AttemptResult Of(WorkAnswer answer) => new(Of(answer.Outcome), answer);

    public static AttemptOutcome Of(WorkOutcome outcome) => outcome switch
    {
        WorkOutcome.Completed => AttemptOutcome.Completed,
        WorkOutcome.Failed => AttemptOutcome.Failed,
        WorkOutcome.Busy => AttemptOutcome.Busy,
        WorkOutcome.Expired => AttemptOutcome.Expired,
        WorkOutcome.Draining => AttemptOutcome.Draining,
        _ => AttemptOutcome.Crashed,
    };

    /// <summary>False where the attempt was refused before anything was sent.</summary>
    public bool WasSent => Outcome.WasSent();

    /// <summary>Whether another attempt may help.</summary>
    public bool IsRetried => Outcome.IsRetried();

    /// <summary>Whether the breaker counts it as a failure of its node.</summary>
    public bool IsFailure => Outcome.IsFailure() && !IsCounted && !IsExcused;

    /// <summary>Whether it says nothing about the node's health.</summary>
    public bool IsNeutral => !IsFailure && Outcome is not AttemptOutcome.Completed;

    /// <summary>The cause in the words of the contract.</summary>
    public string Cause => Outcome switch
    {
        AttemptOutcome.Failed => "upstream 500",
        AttemptOutcome.Crashed => "worker crashed",
        AttemptOutcome.TimedOut or AttemptOutcome.Expired => "timeout",
        AttemptOutcome.ConnectionLost => "connection lost",
        AttemptOutcome.Busy => "service-b busy",
        AttemptOutcome.CircuitOpen => "circuit open",
        AttemptOutcome.Completed => "success",
        _ => "service-b unavailable",
    };
}

public static class AttemptOutcomes
{
    /// <summary>False where the attempt was refused before anything was sent.</summary>
    public static bool WasSent(this AttemptOutcome outcome) => outcome is not (AttemptOutcome.CircuitOpen or AttemptOutcome.Unavailable);

    /// <summary>Whether another attempt may help.</summary>
    public static bool IsRetried(this AttemptOutcome outcome) => outcome.IsFailure()
        || outcome is AttemptOutcome.Expired or AttemptOutcome.Draining;

    /// <summary>Whether it is a failure of the node.</summary>
    public static bool IsFailure(this AttemptOutcome outcome) => outcome is AttemptOutcome.Failed or AttemptOutcome.Crashed
        or AttemptOutcome.TimedOut or AttemptOutcome.ConnectionLost;
}
