using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>One number of the table of peers: how it is read, shown and compared.</summary>
/// <param name="Of">Of one run; null: it has no such number; infinite: there is none to be had.</param>
/// <param name="Least">A difference up to this is none; up to a tenth it is none either.</param>
sealed record PeersColumn(string Head, Func<LaneRun, double?> Of, bool MoreIsBetter = false, double Least = 0)
{
    const double Tenth = 0.1;

    /// <summary>Median over seeds, and its range where they differ.</summary>
    public string Text(IReadOnlyList<LaneRun> runs)
    {
        var all = Sorted(runs);
        if (all.Count == 0)
            return "-";
        var (low, high) = (Text(all[0]), Text(all[^1]));
        return low == high ? low : $"{Text(Median(all))} ({low}..{high})";
    }

    /// <summary>Whether one is better than the other in every seed, and by more than a trifle.</summary>
    public bool IsBetter(IReadOnlyList<LaneRun> one, IReadOnlyList<LaneRun> other)
    {
        var (mine, theirs) = (Sorted(one), Sorted(other));
        if (mine.Count == 0 || theirs.Count == 0 || !(MoreIsBetter ? mine[0] > theirs[^1] : mine[^1] < theirs[0]))
            return false;
        var (high, low) = MoreIsBetter ? (Median(mine), Median(theirs)) : (Median(theirs), Median(mine));
        return high - low > (MoreIsBetter ? Least : Math.Max(Least, Tenth * Math.Abs(high)));
    }

    List<double> Sorted(IReadOnlyList<LaneRun> runs) => [.. runs.Select(Of).OfType<double>().Order()];

    static double Median(List<double> sorted) => Statistics.Sample.Percentile(sorted, 0.5);

    static string Text(double value) => double.IsPositiveInfinity(value) ? "never" : Numbers.Text(value < 1 ? Math.Round(value, 2) : value);
}
