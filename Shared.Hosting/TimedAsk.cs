using Akka.Actor;

namespace TinyResilient.Shared.Hosting;

/// <summary>Akka's Ask with a limit on our clock; its own counts on the machine's.</summary>
public static class TimedAsk
{
    /// <summary>Is cancelled after the limit, of which a fraction of a millisecond is cut off, as every timer of .NET does.</summary>
    public static CancellationTokenSource Limit(TimeSpan limit, TimeProvider time) =>
        new(TimeSpan.FromMilliseconds((long)limit.TotalMilliseconds), time);

    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    public static async Task<T> AskWithin<T>(this ICanTell to, object message, TimeSpan limit, TimeProvider time)
    {
        using var over = Limit(limit, time);
        try
        {
            return await to.Ask<T>(message, Timeout.InfiniteTimeSpan, over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            throw new AskTimeoutException($"no answer within {limit.TotalMilliseconds:0} ms");
        }
    }
}
