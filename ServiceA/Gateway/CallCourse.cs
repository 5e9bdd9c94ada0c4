using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>What has happened to one request so far, and what follows from it. Decides; does nothing.</summary>
public sealed class CallCourse(Call call, TimeProvider time)
{
    static readonly TimeSpan leastTimeout = TimeSpan.FromMilliseconds(1);
    readonly long started = time.GetTimestamp();
    readonly List<AttemptTrace> trace = [];
    AttemptResult? last;
    int sent;
    double beganMs, pausedMs;

    /// <summary>What is left of the request's total time.</summary>
    public TimeSpan Left => call.Knobs.TotalTimeout - time.GetElapsedTime(started);

    public TimeSpan AttemptTimeout =>
        Left < leastTimeout ? leastTimeout : Left < call.Knobs.RequestTimeout ? Left : call.Knobs.RequestTimeout;

    public ServiceBNode? LastNode => last?.Node;

    public bool MayGoOn { get; private set; }

    /// <summary>Begins an attempt and gives its number, from 1.</summary>
    public int Begin(TimeSpan pause)
    {
        (beganMs, pausedMs) = (NowMs, pause.TotalMilliseconds);
        return sent + 1;
    }

    public void End(AttemptResult result)
    {
        MayGoOn = result.IsRetried && sent < call.Knobs.MaxRetries;
        if (result.WasSent) sent++;
        if (result.WasSent || last is null) last = result; // refused between two attempts: the last real cause decides
        if (result.WasSent)
            trace.Add(new AttemptTrace(Rounded(beganMs), Rounded(NowMs - beganMs), Rounded(pausedMs), result.Cause,
                result.Answer?.Worker, result.Answer?.Fault, result.Node!.Breaker.State));
    }

    public CallResult Result => new(Outcome, Note, sent, last, trace);

    public CallResult CallerGone => new(RequestOutcome.CallerGone, "failure: caller gone", sent, last, trace);

    RequestOutcome Outcome => last!.Outcome switch
    {
        AttemptOutcome.Completed => RequestOutcome.Succeeded,
        AttemptOutcome.TimedOut or AttemptOutcome.Expired => RequestOutcome.TimedOut,
        AttemptOutcome.Failed or AttemptOutcome.Crashed or AttemptOutcome.ConnectionLost => RequestOutcome.Failed,
        _ => RequestOutcome.Refused,
    };

    string Note => Outcome switch
    {
        RequestOutcome.Succeeded => "success",
        RequestOutcome.Refused => $"failure: {last!.Cause}",
        _ when call.Knobs.MaxRetries == 0 => $"failure: {last!.Cause}",
        _ => $"failure: all retries failed: {last!.Cause}",
    };

    double NowMs => time.GetElapsedTime(started).TotalMilliseconds;

    static double Rounded(double milliseconds) => Math.Round(milliseconds, 2);
}
