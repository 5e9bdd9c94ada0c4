using Akka.Actor;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>
/// Asks the gateway actor. Promises one answer to every call: the gateway gives it within the call's total time, unless
/// there is a bug in it. Time in which this process stood still does not count: its answer is then about to come.
/// </summary>
public sealed class GatewayAsk(Func<ICanTell> gateway, TimeProvider time, PauseMeter pauses)
{
    /// <summary>Beyond the call's total time.</summary>
    public static readonly TimeSpan Backstop = TimeSpan.FromSeconds(5);

    public async Task<CallResult> Carry(Call call)
    {
        using var givenUp = new CancellationTokenSource();
        var (began, limit) = (time.GetTimestamp(), call.Knobs.TotalTimeout + Backstop);
        var answer = gateway().Ask<CallResult>(call, Timeout.InfiniteTimeSpan, givenUp.Token);
        for (var left = limit; left > TimeSpan.Zero; left = limit - pauses.RanSince(began))
            try
            {
                return await answer.WaitAsync(left, time);
            }
            catch (TimeoutException)
            {
                // Of the time in which the process ran, some may be left.
            }
        if (answer.IsCompletedSuccessfully) return await answer;
        await givenUp.CancelAsync();
        return CallResult.Broken;
    }
}
