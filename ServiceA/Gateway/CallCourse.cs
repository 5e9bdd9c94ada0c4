using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>
/// What has happened to one request so far, and what follows from it, in either lane. Decides; does nothing. Safe to call
/// from any thread.
/// </summary>
public sealed class CallCourse(Call call, TimeProvider time)
{
    static readonly TimeSpan leastTimeout = TimeSpan.FromMilliseconds(1);
    readonly Lock gate = new();
    readonly long started = time.GetTimestamp();
    readonly List<AttemptTrace> trace = [];
    AttemptResult? last;
    int begun, sent;
    double endedMs;

    public Call Call => call;

    /// <summary>What is left of the request's total time.</summary>
    public TimeSpan Left => call.Knobs.TotalTimeout - time.GetElapsedTime(started);

    public TimeSpan AttemptTimeout =>
        Left < leastTimeout ? leastTimeout : Left < call.Knobs.RequestTimeout ? Left : call.Knobs.RequestTimeout;

    public UpstreamNode? LastNode => last?.Node;

    /// <summary>Whether another attempt may follow, after <see cref="NextPause"/>.</summary>
    public bool MayGoOn { get; private set; }

    /// <summary>The pause before the next attempt; none before the first.</summary>
    public TimeSpan NextPause { get; private set; }

    /// <summary>Begins an attempt: its number, from 1, and the moment.</summary>
    public (int Number, double AtMs) Begin()
    {
        lock (gate) return (++begun, NowMs);
    }

    public void End((int Number, double AtMs) attempt, AttemptResult result)
    {
        lock (gate)
        {
            if (result.WasSent) Sent(attempt.AtMs, result);
            else if (begun == attempt.Number) begun--; // the number was not used
            if (result.WasSent || last is null) last = result; // refused between two attempts: the last real cause decides
            MayGoOn = result.IsRetried && sent <= call.Knobs.MaxRetries && !call.CallerGone.IsCancellationRequested
                && HasTimeFor(call.Knobs.Backoff.Pause(attempt.Number, NextPause, Chance(attempt.Number)));
        }
    }

    /// <summary>The breaker has been told of the last attempt: the trace shows its state from afterwards.</summary>
    public void BreakerLearned()
    {
        lock (gate)
        {
            if (trace.Count > 0 && last!.Node!.BreakerState is var now && now != trace[^1].BreakerState)
                trace[^1] = trace[^1] with { BreakerState = now };
        }
    }

    /// <summary>The attempt was refused before it had a number.</summary>
    public void Refused(AttemptResult result)
    {
        lock (gate) last ??= result;
    }

    public CallResult Result
    {
        get
        {
            lock (gate) return new CallResult(Outcome, Note, sent, last, [.. trace]);
        }
    }

    public CallResult CallerGone
    {
        get
        {
            lock (gate) return new CallResult(RequestOutcome.CallerGone, "failure: caller gone", sent, last, [.. trace]);
        }
    }

    bool HasTimeFor(TimeSpan pause)
    {
        NextPause = pause;
        return pause < Left;
    }

    void Sent(double beganMs, AttemptResult result)
    {
        sent++;
        var pausedMs = trace.Count == 0 ? 0 : Math.Max(0, beganMs - endedMs);
        endedMs = NowMs;
        trace.Add(new AttemptTrace(Rounded(beganMs), Rounded(endedMs - beganMs), Rounded(pausedMs), result.Cause,
            result.Answer?.Worker, result.Answer?.Fault, result.Node!.BreakerState));
    }

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

    double Chance(int attempt) => Draw.Unit(call.Knobs.Seed, "backoff", call.Id, attempt);

    double NowMs => time.GetElapsedTime(started).TotalMilliseconds;

    static double Rounded(double milliseconds) => Math.Round(milliseconds, 2);
}
