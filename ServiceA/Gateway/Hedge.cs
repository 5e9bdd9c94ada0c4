using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>
/// Around one guarded attempt, in either lane: when it has not ended after HEDGE_AFTER_MS, a second one goes out. The first
/// success wins; a failure of one waits for the other. The loser is not cancelled: it ends in its own time, and breaker and
/// ledger learn how.
/// </summary>
public static class Hedge
{
    /// <param name="course">Says whether and when a second attempt may go out.</param>
    /// <param name="attempt">Makes one guarded attempt.</param>
    /// <param name="endOf">How an attempt ended.</param>
    /// <param name="time">The clock to wait by.</param>
    public static async Task<T> Around<T>(
        CallCourse course, Func<Task<T>> attempt, Func<T, AttemptOutcome> endOf, TimeProvider time)
    {
        var first = attempt();
        if (course.Call.Knobs.HedgeAfter == TimeSpan.Zero || await IsInTime(first, course, time) || !course.MayHedge())
            return await first;
        var second = attempt();
        var earlier = await Task.WhenAny(first, second);
        var result = await earlier;
        if (endOf(result) == AttemptOutcome.Completed)
            return result;
        var other = await (earlier == first ? second : first);
        return endOf(other) is AttemptOutcome.CircuitOpen or AttemptOutcome.Unavailable ? result : other;
    }

    static async Task<bool> IsInTime(Task first, CallCourse course, TimeProvider time)
    {
        using var ended = new CancellationTokenSource();
        var wait = Task.Delay(course.Call.Knobs.HedgeAfter, time, ended.Token);
        var isInTime = await Task.WhenAny(first, wait) == first;
        await ended.CancelAsync();
        return isInTime;
    }
}
