using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Running;

/// <summary>What became of one request, measured or simulated.</summary>
/// <param name="DueS">When it was due, seconds from the first.</param>
/// <param name="EndS">When its client knew.</param>
/// <param name="Attempts">Of the gateway.</param>
/// <param name="BreakerOpen">Whether its answer told a breaker that is not closed.</param>
readonly record struct Fate(double DueS, double EndS, bool Ok, int Attempts, bool BreakerOpen);

/// <summary>
/// The numbers that follow from the fate of each request alone. Requests of the model and real ones go through this one
/// code, so that each number means the same of both.
/// </summary>
/// <param name="Curve">Success of <see cref="Slices"/> equal slices of the requests, in the order in which they were due.</param>
sealed record RequestCourse(IReadOnlyDictionary<string, double> Measures, IReadOnlyList<double> Curve)
{
    public const int Slices = 40;

    /// <param name="fates">In the order in which they were due.</param>
    public static RequestCourse Of(IReadOnlyList<Fate> fates)
    {
        var requests = Math.Max(1, fates.Count);
        bool[] ok = [.. fates.Select(fate => fate.Ok)];
        var latencies = Sorted(fates.Where(fate => fate.Ok).Select(fate => 1_000 * (fate.EndS - fate.DueS)));
        var measures = new Dictionary<string, double>
        {
            [Measure.Requests] = fates.Count,
            [Measure.Success] = Share(ok),
            [Measure.LateSuccess] = Share(Late(ok)),
            [Measure.Attempts] = (double)fates.Sum(fate => fate.Attempts) / requests,
            [Measure.OpenShare] = (double)fates.Count(fate => fate.BreakerOpen) / requests,
            [Measure.TroubleS] = Trouble(fates, ok),
            [Measure.Peak] = Peak(Sorted(fates.Select(fate => fate.EndS))) / (double)requests,
        };
        if (latencies.Length > 0) // no number is better than a zero
        {
            measures[Measure.P50] = Statistics.Sample.Percentile(latencies, 0.50);
            measures[Measure.P95] = Statistics.Sample.Percentile(latencies, 0.95);
            measures[Measure.P99] = Statistics.Sample.Percentile(latencies, 0.99);
        }
        return new(measures, CurveOf([.. ok.Select(one => one ? 1.0 : 0)]));
    }

    /// <summary>Mean of each slice.</summary>
    /// <param name="success">Of each request, in the order in which they were due: 0 or 1, or its probability.</param>
    public static IReadOnlyList<double> CurveOf(double[] success) =>
        [.. Enumerable.Range(0, Slices).Select(slice => Slice(success, slice).DefaultIfEmpty(0).Average())];

    /// <summary>Those that were due in the last fifth of the run.</summary>
    public static T[] Late<T>(T[] all) => all[(all.Length * 4 / 5)..];

    // A short run has fewer requests than slices: then neighbours share one.
    static double[] Slice(double[] all, int slice)
    {
        var first = all.Length * slice / Slices;
        return all[first..Math.Min(all.Length, Math.Max(first + 1, all.Length * (slice + 1) / Slices))];
    }

    // From the first request that did not succeed to the last.
    static double Trouble(IReadOnlyList<Fate> fates, bool[] ok)
    {
        var (first, last) = (Array.IndexOf(ok, false), Array.LastIndexOf(ok, false));
        return first < 0 ? 0 : fates[last].DueS - fates[first].DueS;
    }

    /// <summary>Most of these instants within any 200 ms.</summary>
    /// <param name="ends">Seconds, in their order.</param>
    public static int Peak(double[] ends)
    {
        const double WindowS = 0.2;
        var (most, first) = (0, 0);
        for (var last = 0; last < ends.Length; last++)
        {
            while (ends[last] - ends[first] > WindowS)
                first++;
            most = Math.Max(most, last - first + 1);
        }
        return most;
    }

    static double[] Sorted(IEnumerable<double> all)
    {
        double[] sorted = [.. all];
        Array.Sort(sorted); // in a third of the time of Order, of which simulations have much
        return sorted;
    }

    static double Share(bool[] ok) => ok.Length == 0 ? 0 : (double)ok.Count(one => one) / ok.Length;
}
