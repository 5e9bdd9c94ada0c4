using System.Globalization;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Statistics;

namespace TinyResilient.Lab.Reports;

/// <summary>What moved between two runs beyond noise: means over seeds, with the scatter that the seeds themselves show.</summary>
static class RunDifference
{
    // Standard deviations of the difference; among the hundred rows of a whole run one moves by chance.
    const double Beyond = 2.6;

    static readonly (string Measure, string Words, double Scale, double Least)[] rows =
    [
        (Measure.Success, "success, %", 100, 0.005),
        (Measure.Attempts, "attempts per request", 1, 0.02),
        (Measure.P99, "p99, ms", 1, 5),
    ];

    public static string Text(RunResult before, RunResult after)
    {
        var lines = Lines(before, after).ToList();
        return string.Concat((lines.Count == 0 ? ["Nothing moved beyond noise."] : lines).Select(line => line + Environment.NewLine));
    }

    static IEnumerable<string> Lines(RunResult before, RunResult after)
    {
        foreach (var one in before.Scenarios)
        {
            if (after.Scenarios.FirstOrDefault(other => other.Name == one.Name) is not { } other)
            {
                yield return $"{one.Name}: only in the first run";
                continue;
            }
            foreach (var arm in one.Arms)
            {
                if (other.Arms.FirstOrDefault(same => same.Name == arm.Name) is { } same)
                {
                    foreach (var line in Moved($"{one.Name}, {arm.Name}", arm, same))
                        yield return line;
                }
                else
                {
                    yield return $"{one.Name}, {arm.Name}: only in the first run";
                }
            }
        }
        foreach (var name in after.Scenarios.Select(one => one.Name).Except(before.Scenarios.Select(one => one.Name)))
            yield return $"{name}: only in the second run";
    }

    static IEnumerable<string> Moved(string where, ArmResult before, ArmResult after) =>
        from lane in before.Runs.Select(run => run.Lane).Intersect(after.Runs.Select(run => run.Lane))
        from row in rows
        let old = Values(before, lane, row.Measure)
        let now = Values(after, lane, row.Measure)
        where old.Count > 0 && now.Count > 0
        let difference = now.Average() - old.Average()
        where Math.Abs(difference) > Math.Max(row.Least, Beyond * Math.Sqrt(Variance(before, lane, old, row.Measure) + Variance(after, lane, now, row.Measure)))
        select string.Create(CultureInfo.InvariantCulture,
            $"{where}, lane {lane}: {row.Words} {row.Scale * old.Average():0.###} -> {row.Scale * now.Average():0.###}");

    static List<double> Values(ArmResult arm, string lane, string measure) =>
        [.. arm.Runs.Where(run => run.Lane == lane && run.Measures.ContainsKey(measure)).Select(run => run.Measures[measure])];

    // Of the mean. One seed shows no scatter: then at least that of independent requests.
    static double Variance(ArmResult arm, string lane, List<double> values, string measure)
    {
        var ofSeeds = Sample.Deviation(values) is var deviation ? deviation * deviation / values.Count : 0;
        if (measure != Measure.Success)
            return ofSeeds;
        var requests = Values(arm, lane, Measure.Requests).Sum();
        var mean = values.Average();
        return Math.Max(ofSeeds, mean * (1 - mean) / Math.Max(1, requests));
    }
}
