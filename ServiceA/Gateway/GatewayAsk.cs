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
        using var limit = new Limit(call.Knobs.TotalTimeout + Backstop, time, pauses);
        try
        {
            return await gateway().Ask<CallResult>(call, Timeout.InfiniteTimeSpan, limit.Token);
        }
        catch (OperationCanceledException) when (limit.Token.IsCancellationRequested)
        {
            return CallResult.Broken;
        }
    }

    /// <summary>Is cancelled when the process has run for this long.</summary>
    sealed class Limit : IDisposable
    {
        // Not disposed of: a last look of the timer may come after the answer
        readonly CancellationTokenSource over = new();
        readonly TimeSpan limit;
        readonly PauseMeter pauses;
        readonly long began;
        readonly ITimer timer;

        public Limit(TimeSpan limit, TimeProvider time, PauseMeter pauses)
        {
            (this.limit, this.pauses, began) = (limit, pauses, time.GetTimestamp());
            timer = time.CreateTimer(static self => ((Limit)self!).Look(), this, limit, Timeout.InfiniteTimeSpan);
        }

        public CancellationToken Token => over.Token;

        void Look()
        {
            if (limit - pauses.RanSince(began) is { Ticks: > 0 } left) timer.Change(left, Timeout.InfiniteTimeSpan);
            else over.Cancel();
        }

        public void Dispose() => timer.Dispose();
    }
}
