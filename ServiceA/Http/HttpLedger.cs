using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Http;

/// <summary>
/// The attempts at one node over HTTP. A connection tells of each exactly once how it ended, and of no answer that comes late, so that
/// numbers are enough. Safe to call from any thread.
/// </summary>
public sealed class HttpLedger : IAttemptLedger
{
    static readonly int answers = Enum.GetValues<WorkOutcome>().Length;
    readonly Tally attempts = new(answers + 3);

    public void Sent() => attempts.Began();

    public void Answered(WorkOutcome outcome) => attempts.Ended((int)outcome);

    /// <summary>The connection broke with its node, or could not be made.</summary>
    public void GoneWithNode() => attempts.Ended(answers);

    /// <summary>No answer can come any more: we closed the connection.</summary>
    public void Lost() => attempts.Ended(answers + 1);

    /// <summary>This attempt was given up before anything of it had gone out.</summary>
    public void Unsent() => attempts.Ended(answers + 2);

    public AttemptCounts Counts()
    {
        var (sent, ended, inFlight) = attempts.Read();
        return AttemptCounts.Of(sent, ended, ended[answers], ended[answers + 1], ended[answers + 2], inFlight, wasted: 0);
    }

    public void Reset() => attempts.Reset();
}
