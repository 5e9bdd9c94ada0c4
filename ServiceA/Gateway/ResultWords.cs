using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>How a request ended, told from the attempt that decided, in the words of the contract.</summary>
static class ResultWords
{
    public static RequestOutcome OfRequest(this AttemptOutcome last) => last switch
    {
        AttemptOutcome.Completed => RequestOutcome.Succeeded,
        AttemptOutcome.TimedOut or AttemptOutcome.Expired => RequestOutcome.TimedOut,
        AttemptOutcome.Failed or AttemptOutcome.Crashed or AttemptOutcome.ConnectionLost => RequestOutcome.Failed,
        _ => RequestOutcome.Refused,
    };

    /// <param name="isRetried">Whether retries follow such an end at all.</param>
    public static string Note(AttemptResult last, bool isBudgetExhausted, bool isRetried) => last.Outcome.OfRequest() switch
    {
        RequestOutcome.Succeeded => "success",
        RequestOutcome.Refused => $"failure: {last.Cause}",
        _ when isBudgetExhausted => $"failure: retry budget exhausted: {last.Cause}",
        _ when !isRetried => $"failure: {last.Cause}",
        _ => $"failure: all retries failed: {last.Cause}",
    };
}
