using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>
/// What has happened to one request so far, and what follows from it, in either lane. Decides; does nothing. Safe to call
/// from any thread. Longer than two slides, because all that is asked of a request is answered from one state under one lock.
/// </summary>
public sealed class CallCourse(Call call, TimeProvider time, RetryBudget budget, PauseMeter pauses)
{
    static readonly TimeSpan leastTimeout = TimeSpan.FromMilliseconds(1);
    readonly Lock gate = new();
    readonly long started = time.GetTimestamp();
    readonly AttemptTraces traces = new();
    AttemptResult? last;
    int begun, retries;
    bool isBudgetExhausted;

    public Call Call => call;

    /// <summary>What is left of the request's total time.</summary>
    public TimeSpan Left => call.Knobs.TotalTimeout - time.GetElapsedTime(started);

    public TimeSpan AttemptTimeout =>
        Left is var left && left < leastTimeout ? leastTimeout : left < call.Knobs.RequestTimeout ? left : call.Knobs.RequestTimeout;

    /// <summary>The total time is over, although no timer may have said so yet.</summary>
    public bool IsOver => Left <= TimeSpan.Zero;

    /// <summary>The node that was tried last, or is being tried.</summary>
    public UpstreamNode? LastNode { get; private set; }

    /// <summary>Whether anything has come of it: an attempt that ended, or a refusal.</summary>
    public bool HasEnded => last is not null;

    /// <summary>The pause before the next attempt; none before the first.</summary>
    public TimeSpan NextPause { get; private set; }

    /// <summary>Begins an attempt: its number, from 1, and the moment.</summary>
    public (int Number, double AtMs) Begin()
    {
        lock (gate) return (++begun, NowMs);
    }

    /// <summary>An attempt is about to be made at this node.</summary>
    public void Trying(UpstreamNode node) => LastNode = node;

    public void End((int Number, double AtMs) attempt, AttemptResult result)
    {
        lock (gate)
        {
            if (result.WasSent) traces.Add(attempt.AtMs, NowMs, result);
            else begun--; // refused: it was not sent after all
            if (result.Outcome == AttemptOutcome.Completed) budget.Succeeded(time.MonotonicMs());
            // refused between two attempts: the last real cause decides; and a hedge that loses takes no success back
            if (last is null || (result.WasSent && last.Outcome != AttemptOutcome.Completed)) last = result;
        }
    }

    /// <summary>
    /// Whether an attempt ran out only because ServiceA itself stood still: then it says nothing of its node. To be
    /// asked once.
    /// </summary>
    public bool StoodStill((int Number, double AtMs) attempt) => pauses.Excuses(
        started, started + (long)(attempt.AtMs / 1_000 * time.TimestampFrequency), call.Knobs.RequestTimeout);

    /// <summary>Whether a retry may follow an attempt that ended so, after <see cref="NextPause"/>. To be asked once.</summary>
    public bool MayGoOn(AttemptOutcome end)
    {
        lock (gate)
        {
            return IsRetried(end) && retries < call.Knobs.MaxRetries && !call.CallerGone.IsCancellationRequested
                && HasTimeFor(call.Knobs.Backoff.Pause(retries + 1, NextPause, Chance(retries + 1)))
                && IsInBudget() && ++retries > 0;
        }
    }

    /// <summary>Whether a second attempt may go out beside one that is slow. To be asked once.</summary>
    public bool MayHedge() => !call.CallerGone.IsCancellationRequested && Left > leastTimeout
        && budget.TryTake(call.Knobs.RetryBudget, time.MonotonicMs());

    /// <summary>The breaker has been told of the last attempt: the trace shows its state from afterwards.</summary>
    public void BreakerLearned()
    {
        lock (gate) traces.TurnLast();
    }

    /// <summary>The attempt was refused before it had a number.</summary>
    public void Refused(AttemptResult result)
    {
        lock (gate) last ??= result;
    }

    /// <summary>The total time was over before the attempt had a number.</summary>
    public AttemptResult RanOut()
    {
        var result = new AttemptResult(AttemptOutcome.TimedOut);
        Refused(result);
        return result;
    }

    public CallResult Result
    {
        get
        {
            lock (gate) return new CallResult(
                last!.Outcome.OfRequest(), ResultWords.Note(last, isBudgetExhausted, call.Knobs.MaxRetries > 0 && IsRetried(last.Outcome)),
                begun, last, traces.All);
        }
    }

    public CallResult CallerGone
    {
        get
        {
            lock (gate) return new CallResult(RequestOutcome.CallerGone, "failure: caller gone", begun, last, traces.All);
        }
    }

    bool IsRetried(AttemptOutcome end) =>
        end.IsRetried() && (call.Knobs.RetriesCrash || end != AttemptOutcome.Crashed);

    bool IsInBudget() => !(isBudgetExhausted = !budget.TryTake(call.Knobs.RetryBudget, time.MonotonicMs()));

    bool HasTimeFor(TimeSpan pause)
    {
        NextPause = pause;
        return pause < Left;
    }

    double Chance(int attempt) => Draw.Unit(call.Knobs.Seed, "backoff", call.Id, attempt);

    double NowMs => time.GetElapsedTime(started).TotalMilliseconds;
}
