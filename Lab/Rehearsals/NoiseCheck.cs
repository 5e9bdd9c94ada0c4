using System.Globalization;
using TinyResilient.LoadTest;
using Sample = TinyResilient.Lab.Statistics.Sample;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>What else the machine is busy with, as the measurements of the talk would feel it.</summary>
/// <param name="LateMs">How late a thread was that was to go on at fixed instants.</param>
/// <param name="LoopMs">How long always the same computation took.</param>
sealed record Noise(IReadOnlyList<double> LateMs, IReadOnlyList<double> LoopMs)
{
    const int Instants = 400, Loops = 60, WarmUp = 20, Rounds = 1_000_000;
    static readonly TimeSpan apart = TimeSpan.FromMilliseconds(5);

    /// <summary>Holds its thread for about two seconds.</summary>
    public static Noise Measure(TimeProvider time, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var pacer = new Pacer(() => time.GetElapsedTime(began), stop);
        var late = new List<double>();
        for (var instant = 1; instant <= Instants && pacer.WaitUntil(instant * apart); instant++)
            late.Add((time.GetElapsedTime(began) - instant * apart).TotalMilliseconds);
        var loops = new List<double>();
        for (var loop = 0; loop < WarmUp + Loops && !stop.IsCancellationRequested; loop++)
        {
            var start = time.GetTimestamp();
            if (Compute() == 0)
                throw new InvalidOperationException("the sum is never 0");
            if (loop >= WarmUp)
                loops.Add(time.GetElapsedTime(start).TotalMilliseconds);
        }
        stop.ThrowIfCancellationRequested();
        return new(late, loops);
    }

    static ulong Compute()
    {
        var x = 88_172_645_463_325_252UL;
        for (var round = 0; round < Rounds; round++)
        {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
        }
        return x;
    }
}

/// <summary>Is the machine quiet enough that what is measured is the lab?</summary>
static class NoiseCheck
{
    /// <summary>A quarter of the shortest work of the talk, 20 ms: later, and a latency says more about the machine than about the lab.</summary>
    public const double MostLateMs = 5;

    /// <summary>The 95th percentile over the median: beyond it something else takes a third of the time.</summary>
    public const double MostScatter = 1.5;

    const string Remedy = "close what else runs: browsers, builds, virus scanners, updates";

    public static Finding OfTimers(Noise noise)
    {
        var p99 = Sample.Percentile([.. noise.LateMs.Order()], 0.99);
        return Judged("timers", p99 <= MostLateMs, $"99 % of {noise.LateMs.Count} instants were met within {Number(p99, "0.0")} ms, at most {Number(MostLateMs, "0")} ms are wanted");
    }

    public static Finding OfProcessors(Noise noise)
    {
        List<double> sorted = [.. noise.LoopMs.Order()];
        var (median, p95) = (Sample.Percentile(sorted, 0.5), Sample.Percentile(sorted, 0.95));
        return Judged("processors", p95 <= MostScatter * median,
            $"95 % of {sorted.Count} equal computations took up to {Number(p95 / median, "0.00")} times their median of {Number(median, "0.0")} ms, at most {Number(MostScatter, "0.0")} times are wanted");
    }

    static Finding Judged(string what, bool isQuiet, string reason) => isQuiet ? Finding.Green(what, reason) : Finding.Red(what, reason, Remedy);

    static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
