using Akka.Actor;
using Akka.Pattern;

namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// Akka's CircuitBreaker in front of one ServiceB node, owned outside of every actor, so that no restart closes it. Adds
/// what Akka's lacks: an attempt that says nothing about the node's health counts neither way, refusal is a value, knobs
/// can change. Never lets a result from before the last trip count after it. FAILURE_THRESHOLD 0 never opens.
/// </summary>
public sealed class NodeBreaker(IScheduler scheduler, TimeProvider time, Action<string> onTransition) : ILaneBreaker
{
    const long unknown = long.MinValue; // Akka tells a moment after it has opened
    volatile CircuitBreaker breaker = null!;
    volatile int trips;
    long openedAt = unknown;
    (int Threshold, TimeSpan CoolDown, BreakerScope) tuning;

    public string State => breaker.IsClosed ? "closed" : breaker.IsOpen ? "open" : "half_open";

    public TimeSpan? ProbeIn => !breaker.IsOpen ? null
        : Volatile.Read(ref openedAt) is var at and not unknown ? Left(tuning.CoolDown, time.GetElapsedTime(at)) : tuning.CoolDown;

    public void Tune(GatewayKnobs knobs)
    {
        var now = (knobs.FailureThreshold, knobs.CoolDown, knobs.Scope);
        if (now == tuning) return;
        tuning = now;
        Replace();
    }

    public void Replace()
    {
        var isFirst = breaker is null;
        var fresh = CircuitBreaker.Create(scheduler, tuning.Threshold, Timeout.InfiniteTimeSpan, tuning.CoolDown);
        fresh.OnOpen(() => Turned(fresh, "open"));
        fresh.OnHalfOpen(() => Turned(fresh, "half_open"));
        fresh.OnClose(() => Turned(fresh, "closed"));
        breaker = fresh;
        if (!isFirst) Turned(fresh, "closed");
    }

    // slide: breaker
    public async Task<AttemptResult> Guard(
        Func<Task<AttemptResult>> attempt)
    {
        var guard = breaker;
        var neutral = new TaskCompletionSource<AttemptResult>();
        try
        {
            // half-open, Akka refuses all but one by a synchronous throw
            var counted = guard.WithCircuitBreaker(
                _ => Counted(guard, attempt, neutral));
            return await await Task.WhenAny(counted, neutral.Task);
        }
        catch (AttemptFailedException failed)
        {
            return failed.Result;
        }
        catch (OpenCircuitException)
        {
            return new AttemptResult(
                AttemptOutcome.CircuitOpen, RetryAfter: ProbeIn ?? TimeSpan.Zero);
        }
    }
    // end of slide

    /// <summary>The connection to the node is gone: one failure, however many requests were in flight on it.</summary>
    public void ConnectionLost() => breaker.Fail();

    // Akka's breaker knows success and failure only. A neutral result is told to the caller, while the task that the
    // breaker watches stays unfinished for ever, and is collected. The one probe of a half-open breaker must end,
    // otherwise no other would be let through: neutral, it has not shown that the node is well, and counts as failure.
    async Task<AttemptResult> Counted(
        CircuitBreaker guard, Func<Task<AttemptResult>> attempt, TaskCompletionSource<AttemptResult> neutral)
    {
        var (isProbe, tripsBefore) = (guard.IsHalfOpen, trips);
        var result = await attempt();
        if (!isProbe && (result.IsNeutral || trips != tripsBefore))
        {
            neutral.SetResult(result);
            await new TaskCompletionSource().Task;
        }
        return result.Outcome == AttemptOutcome.Completed ? result : throw new AttemptFailedException(result);
    }

    void Turned(CircuitBreaker which, string state)
    {
        if (which != breaker) return;
        if (state == "open") Interlocked.Increment(ref trips);
        Volatile.Write(ref openedAt, state == "open" ? time.GetTimestamp() : unknown);
        onTransition(state);
    }

    static TimeSpan Left(TimeSpan whole, TimeSpan passed) => whole > passed ? whole - passed : TimeSpan.Zero;

    sealed class AttemptFailedException(AttemptResult result) : Exception
    {
        public AttemptResult Result => result;
    }
}
