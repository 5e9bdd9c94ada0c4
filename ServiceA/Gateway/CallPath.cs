using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>
/// The way of one request: total deadline, retry, breaker, attempt timeout, from the outside in. Promises to end by the
/// total deadline; never retries what was refused. When all attempts fail, the last real cause decides.
/// </summary>
public sealed class CallPath(UpstreamNodes nodes, TimeProvider time, RetryBudget budget, PauseMeter pauses)
{
    /// <summary>Carries a request through to its result. When the caller has gone, an attempt under way still ends in
    /// its own time, and the breaker and the ledger learn how.</summary>
    public async Task<CallResult> Go(Call call)
    {
        budget.Requested(time.MonotonicMs());
        var course = new CallCourse(call, time, budget, pauses);
        try
        {
            await Attempts(call, course);
            return course.Result;
        }
        catch (OperationCanceledException) when (call.CallerGone.IsCancellationRequested)
        {
            return course.CallerGone;
        }
    }

    // slide: call path
    async Task Attempts(Call call, CallCourse course)
    {
        AttemptResult result;
        do
        {
            await Task.Delay(course.NextPause, time, call.CallerGone);
            result = await Hedge.Around(course,
                    () => Attempt(call, course), end => end.Outcome, time)
                .WaitAsync(call.CallerGone);
        }
        while (course.MayGoOn(result.Outcome));
    }

    async Task<AttemptResult> Attempt(Call call, CallCourse course)
    {
        if (course.IsOver) return course.RanOut();
        var begun = course.Begin();
        var result = await nodes.Attempt( // breaker, then timeout
            course.LastNode, course.Trying, node => node.Attempt(
                call.Id, begun.Number, call.TraceParent,
                course.AttemptTimeout, call.Knobs.SendsDeadline,
                () => course.StoodStill(begun)));
        course.End(begun, result);
        return result;
    }
    // end of slide
}
