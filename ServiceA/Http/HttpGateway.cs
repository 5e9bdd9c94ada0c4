using TinyResilient.ServiceA.Gateway;

namespace TinyResilient.ServiceA.Http;

/// <summary>
/// What the gateway actor is to lane <c>actor</c>: promises one answer to every call, refuses more than may be in flight, and
/// all once it is closed. Holds a number and nothing else. A bug in the path is logged and answered.
/// </summary>
public sealed class HttpGateway(HttpCallPath path, ILogger<HttpGateway> log)
{
    volatile bool isClosed;
    int inFlight;

    /// <summary>Refuses all further requests; those that are in flight still get their answer.</summary>
    public void Close() => isClosed = true;

    /// <summary>Gives a call its one answer. When the caller has gone, an attempt under way still ends in its own time, and the
    /// breaker and the ledger learn how.</summary>
    public async Task<CallResult> Carry(Call call)
    {
        if (isClosed)
            return CallResult.Refuse("shutting down");
        CallCourse? course = null;
        try
        {
            return Interlocked.Increment(ref inFlight) > call.Knobs.MaxInFlight
                ? CallResult.Refuse("too many requests in flight")
                : await path.Go(call, out course).WaitAsync(call.CallerGone);
        }
        catch (OperationCanceledException) when (call.CallerGone.IsCancellationRequested && course is not null)
        {
            return course.CallerGone;
        }
        catch (Exception bug)
        {
            log.LogError(bug, "a call failed in a way that it should not");
            return CallResult.Broken;
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }
}
