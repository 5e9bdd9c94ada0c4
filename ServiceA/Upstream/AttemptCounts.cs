using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// What became of the attempts at one node: sent = refused + expired + completed + failed + crashed + hung +
/// gone_with_node + lost + unsent + in_flight. Of the completed, <c>Wasted</c> was done when its caller had given up.
/// <c>Lost</c> was never answered although its node lived on, or a bug ended it: in lane <c>actor</c> after five minutes,
/// in lane <c>http</c> as soon as the attempt is given up, because that closes its connection, and no answer can come any
/// more; ServiceB may have seen it or not. <c>Unsent</c>, in lane <c>http</c>, was given up before it had a connection.
/// <c>GoneWithNode</c> had its connection broken, or in lane <c>http</c> refused.
/// </summary>
public sealed record AttemptCounts(
    long Sent, long Refused, long Expired, long Completed, long Failed, long Crashed, long Hung, long GoneWithNode,
    long Lost, long Unsent, long InFlight, long Wasted)
{
    public static readonly AttemptCounts None = new(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <param name="answered">By <see cref="WorkOutcome"/>.</param>
    public static AttemptCounts Of(
        long sent, IReadOnlyList<long> answered, long gone, long lost, long unsent, long inFlight, long wasted)
    {
        long Of(WorkOutcome outcome) => answered[(int)outcome];
        return new AttemptCounts(
            sent, Of(WorkOutcome.Busy) + Of(WorkOutcome.Draining), Of(WorkOutcome.Expired), Of(WorkOutcome.Completed),
            Of(WorkOutcome.Failed), Of(WorkOutcome.Crashed), Of(WorkOutcome.Hung), gone, lost, unsent, inFlight, wasted);
    }

    public static AttemptCounts operator +(AttemptCounts one, AttemptCounts other) => new(
        one.Sent + other.Sent, one.Refused + other.Refused, one.Expired + other.Expired, one.Completed + other.Completed,
        one.Failed + other.Failed, one.Crashed + other.Crashed, one.Hung + other.Hung,
        one.GoneWithNode + other.GoneWithNode, one.Lost + other.Lost, one.Unsent + other.Unsent,
        one.InFlight + other.InFlight, one.Wasted + other.Wasted);
}

/// <summary>What became of the attempts at one node.</summary>
public interface IAttemptLedger
{
    AttemptCounts Counts();

    /// <summary>Empties the ledger; what somebody still waits for counts as sent again, so that it balances.</summary>
    void Reset();
}
