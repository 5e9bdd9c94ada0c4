using Akka.Actor;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Akka's Ask with a limit on our clock; its own counts on the machine's. To cancel it instead would not do: of an Ask that was
/// cancelled Akka drops an answer that comes a moment too late, where it is a dead letter after a timeout.
/// </summary>
public static class TimedAsk
{
    /// <param name="limit">A fraction of a millisecond is cut off, as every timer of .NET does.</param>
    /// <returns>Completed at once when the answer comes; with an AskTimeoutException when it does not come in time.</returns>
    public static Task<T> AskWithin<T>(this IActorRef to, object message, TimeSpan limit, TimeProvider time)
    {
        var provider = ((IInternalActorRef)to).Provider;
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var asker = provider.CreateFutureRef(answer);
        provider.RegisterTempActor(asker, asker.Path);
        var timer = time.CreateTimer(
            static answer => ((TaskCompletionSource<T>)answer!).TrySetException(new AskTimeoutException("no answer in time")),
            answer, TimeSpan.FromMilliseconds((long)limit.TotalMilliseconds), Timeout.InfiniteTimeSpan);
        _ = LeaveAsync();
        try
        {
            to.Tell(message, asker);
        }
        catch (Exception unsent)
        {
            answer.TrySetException(unsent);
        }
        return answer.Task;

        async Task LeaveAsync()
        {
            await ((Task)answer.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            provider.UnregisterTempActor(asker.Path);
            timer.Dispose();
        }
    }
}
