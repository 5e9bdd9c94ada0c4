using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// What the stage's own load has seen in one lane in the last ten seconds. Keeps each request of them, so that percentiles are
/// exact. Safe to call from any thread; sees no clock.
/// </summary>
sealed class LoadMeter
{
    readonly Lock _gate = new();
    readonly Queue<(long AtMs, bool IsOk, double ResponseMs, double LagMs)> _recent = [];

    /// <summary>Notes a request that has ended.</summary>
    public void Add(long nowMs, in Sample sample)
    {
        lock (_gate)
        {
            Forget(nowMs);
            _recent.Enqueue((nowMs, sample.Answer.Outcome == Outcome.Succeeded, sample.Response.TotalMilliseconds, sample.Lag.TotalMilliseconds));
        }
    }

    /// <summary>How many ended in the last ten seconds.</summary>
    public int Count(long nowMs)
    {
        lock (_gate)
        {
            Forget(nowMs);
            return _recent.Count;
        }
    }

    /// <summary>p50 and p95 of those that succeeded within an interval; null where none did.</summary>
    /// <param name="fromMs">Its beginning.</param>
    /// <param name="untilMs">Its end, not in it any more.</param>
    public (double? P50, double? P95) Response(long fromMs, long untilMs)
    {
        var sorted = Sorted(one => one.IsOk && one.AtMs >= fromMs && one.AtMs < untilMs, one => one.ResponseMs);
        return (At(sorted, 50), At(sorted, 95));
    }

    /// <summary>p99 of how late requests left; null where none did.</summary>
    public static double? LagP99(IEnumerable<LoadMeter> meters)
    {
        List<double> all = [.. meters.SelectMany(meter => meter.Sorted(_ => true, one => one.LagMs))];
        all.Sort();
        return At(all, 99);
    }

    List<double> Sorted(
        Func<(long AtMs, bool IsOk, double ResponseMs, double LagMs), bool> isWanted,
        Func<(long AtMs, bool IsOk, double ResponseMs, double LagMs), double> what)
    {
        List<double> values;
        lock (_gate)
            values = [.. _recent.Where(isWanted).Select(what)];
        values.Sort(); // not while a request waits to be noted
        return values;
    }

    void Forget(long nowMs)
    {
        while (_recent.TryPeek(out var oldest) && oldest.AtMs <= nowMs - LaneFlow.Window.TotalMilliseconds)
            _recent.Dequeue();
    }

    // Nearest rank: the least value that so many percent do not exceed.
    static double? At(List<double> sorted, int percent) =>
        sorted.Count == 0 ? null : sorted[(int)Math.Ceiling(percent * sorted.Count / 100.0) - 1];
}
