using System.Globalization;
using TinyResilient.Lab.Model;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>Where what was measured is not what the model expects of the very same arm, beyond chance.</summary>
static class ModelCheck
{
    // So many deviations of a mean are no chance, whatever the number of rows: once in 500,000
    const double Beyond = 4.75;

    // What is less means nothing: a draw is rounded, and the pause of a timer is whole milliseconds
    static readonly (string Measure, double Least)[] rows =
    [
        (Measure.Success, 0.002), (Measure.LateSuccess, 0.002), (Measure.Failed, 0.002), (Measure.Refused, 0.002), (Measure.TimedOut, 0.002),
        (Measure.Attempts, 0.005), (Measure.P50, 1.5), (Measure.P95, 1.5), (Measure.P99, 1.5), (Measure.Peak, 0.002), (Measure.OpenShare, 0.002),
        (Measure.Work, 0.005), (Measure.Wasted, 0.002), (Measure.Lost, 0.002), (Measure.Twice, 0.002), (Measure.Restarts, 1),
    ];

    /// <summary>How many arms and lanes the model knows of these, and a line for each number of them that it does not expect.</summary>
    public static (int Known, IReadOnlyList<string> Differences) Of(IEnumerable<Evidence> scenarios)
    {
        var known = (
            from evidence in scenarios
            from arm in evidence.Arms
            where !arm.IsUnmodelled
            from lane in arm.Lanes
            where ArmModel.Lack(arm, lane) is null
            select (Where: $"{evidence.Scenario}, {arm.Name}, lane {lane}", Arm: arm, Lane: lane, Runs: evidence.Runs(arm.Name, lane))).ToList();
        return (known.Count, [.. known.SelectMany(one => Differences(one.Where, Expectation.Of(ArmModel.Of(one.Arm, one.Lane)), one.Runs))]);
    }

    static IEnumerable<string> Differences(string where, Expectation expected, IReadOnlyList<LaneRun> runs) =>
        from row in rows
        let measured = runs.Where(run => run.Measures.ContainsKey(row.Measure)).Select(run => run.Measures[row.Measure]).ToList()
        let estimate = expected.Of(row.Measure)
        where measured.Count > 0 && estimate.Runs > 0
        let far = Math.Abs(measured.Average() - estimate.Mean)
        let chance = Beyond * estimate.Deviation * Math.Sqrt(1.0 / measured.Count + 1.0 / estimate.Runs)
        where far > Math.Max(row.Least, chance)
        select string.Create(CultureInfo.InvariantCulture,
            $"{where}: {row.Measure} {measured.Average():0.####}, expected {estimate.Mean:0.####} ± {chance:0.####}");
}
