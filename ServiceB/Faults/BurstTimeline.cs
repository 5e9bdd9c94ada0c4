using System.Globalization;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Faults;

/// <summary>
/// Good and bad times by turns, each as long as an exponential draw from (seed, fault, n-th dwell), in whole 10 µs: the last bit
/// of a logarithm, which machines do not compute alike, decides nothing. Begins with a good time.
/// </summary>
sealed class BurstTimeline(long seed, Fault fault)
{
    readonly Lock gate = new();
    readonly List<double> ends = [];

    public long Seed => seed;

    /// <param name="seconds">Since the fault began.</param>
    public bool IsBad(double seconds)
    {
        lock (gate) // both pools' workers ask
        {
            while (ends.Count == 0 || ends[^1] <= seconds)
                ends.Add((ends.Count == 0 ? 0 : ends[^1]) + Dwell(ends.Count));
            var after = ends.BinarySearch(seconds);
            return (after < 0 ? ~after : after + 1) % 2 == 1;
        }
    }

    double Dwell(int n)
    {
        var mean = n % 2 == 0 ? fault.GapSeconds : fault.MeanSeconds;
        return Math.Round(-Math.Log(1 - Draw.Unit(seed, fault.DrawName, n.ToString(CultureInfo.InvariantCulture), 0)) * mean, 5);
    }
}
