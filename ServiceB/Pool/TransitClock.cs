namespace TinyResilient.ServiceB.Pool;

/// <summary>
/// Tells how old a message is without two clocks having to agree: its transit (own clock at arrival minus sender's clock
/// at sending) less the smallest transit seen from that incarnation of the sender in the last five minutes. The smallest
/// stands for an undelayed message; what is above it was spent in buffers, for instance while a process was paused.
/// </summary>
public sealed class TransitClock
{
    const double SliceMs = 10_000;
    const int Slices = 30;
    const int MostSenders = 64;
    readonly Dictionary<string, Minimum> senders = [];

    /// <summary>Milliseconds, 0 or more, that a message spent beyond the fastest transit from its sender.</summary>
    /// <param name="sender">Incarnation of the sender.</param>
    /// <param name="sentMs">The sender's monotonic clock at sending, in milliseconds.</param>
    /// <param name="nowMs">The receiver's monotonic clock at arrival, in milliseconds.</param>
    public double AgeMs(string sender, double sentMs, double nowMs)
    {
        if (!senders.TryGetValue(sender, out var fastest))
        {
            if (senders.Count == MostSenders)
                senders.Remove(senders.MinBy(known => known.Value.LastSeenMs).Key);
            senders[sender] = fastest = new Minimum();
        }
        var transit = nowMs - sentMs;
        return transit - fastest.With(transit, nowMs);
    }

    sealed class Minimum
    {
        readonly (long Slice, double Transit)[] ring = new (long, double)[Slices];

        public double LastSeenMs { get; private set; }

        public double With(double transit, double nowMs)
        {
            LastSeenMs = nowMs;
            var slice = (long)(nowMs / SliceMs) + 1;
            ref var current = ref ring[slice % Slices];
            current = current.Slice == slice ? (slice, Math.Min(current.Transit, transit)) : (slice, transit);
            var smallest = transit;
            foreach (var (when, seen) in ring)
                if (when > slice - Slices && when > 0)
                    smallest = Math.Min(smallest, seen);
            return smallest;
        }
    }
}
