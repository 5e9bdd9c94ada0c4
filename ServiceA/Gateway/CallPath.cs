using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>
/// The way of one request: total deadline, retry, breaker, attempt timeout, from the outside in. Promises to end by the
/// total deadline; never retries what was refused. When all attempts fail, the last real cause decides.
/// </summary>
public sealed class CallPath(UpstreamNodes nodes, TimeProvider time)
{
    /// <summary>Carries a request through to its result. When the caller has gone, an attempt under way still ends in
    /// its own time, and the breaker and the ledger learn how.</summary>
    public async Task<CallResult> Go(Call call)
    {
        var course = new CallCourse(call, time);
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
        do
        {
            await Task.Delay(
                course.NextPause, time, call.CallerGone);
            var attempt = course.Begin();
            course.End(attempt, await nodes // breaker, then timeout
                .Attempt(call.Id, attempt.Number, call.TraceParent,
                    course.AttemptTimeout, course.LastNode)
                .WaitAsync(call.CallerGone));
        }
        while (course.MayGoOn);
    }
    // end of slide
}
