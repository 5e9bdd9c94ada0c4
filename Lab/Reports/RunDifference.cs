using System.Globalization;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Statistics;

namespace TinyResilient.Lab.Reports;

/// <summary>
/// What moved between two runs beyond noise. Noise is what the runs themselves show: the scatter of their seeds, and for
/// success also that between the parts of each run, so that one seed is enough. All rows together are right with 99 %. And which
/// claims are judged otherwise.
/// </summary>
static class RunDifference
{
    const double Together = 0.99;

    // Parts of a run, each long beside what a breaker or a sick worker does to one request after the other.
    const int Parts = 8;

    static readonly (string Measure, string Words, double Scale, double Least)[] rows =
    [
        (Measure.Success, "success, %", 100, 0.005),
        (Measure.Attempts, "attempts per request", 1, 0.02),
        (Measure.P99, "p99, ms", 1, 5),
    ];

    public static string Text(RunResult before, RunResult after)
    {
        var pairs = before.Scenarios.Join(after.Scenarios, one => one.Name, other => other.Name, (one, other) => (One: one, Other: other)).ToList();
        var arms = pairs.SelectMany(pair => pair.One.Arms.Join(pair.Other.Arms, arm => arm.Name, arm => arm.Name,
            (one, other) => (Where: $"{pair.One.Name}, {one.Name}", One: one, Other: other))).ToList();
        var moved = arms.SelectMany(arm => Moved(arm.Where, arm.One, arm.Other, arms.Count)).ToList();
        IEnumerable<string> lines =
        [
            .. before.Clock == after.Clock ? (string[])[]
                : [$"The first run is of {ReportTables.ClockOf(before.Clock)}.", $"The second is of {ReportTables.ClockOf(after.Clock)}.",
                    "What moved may be the difference between the two clocks."],
            .. pairs.SelectMany(pair => Set(pair.One, pair.Other)),
            .. Only(before, after, "first"),
            .. Only(after, before, "second"),
            .. moved.Count == 0 && arms.Count > 0 ? ["Nothing moved beyond noise."] : moved,
            .. pairs.SelectMany(pair => Judged(pair.One, pair.Other)),
            .. arms.Any(arm => Math.Min(Seeds(arm.One), Seeds(arm.Other)) < 2) ? ["One seed does not show how attempts and p99 scatter: they were not compared."] : (string[])[],
        ];
        return string.Concat(lines.Select(line => line + Environment.NewLine));
    }

    static IEnumerable<string> Set(ScenarioResult one, ScenarioResult other) =>
        from parameter in one.Parameters
        where other.Parameters.TryGetValue(parameter.Key, out var now) && now != parameter.Value
        select $"{one.Name} was run with {parameter.Key}={parameter.Value}, then with {parameter.Key}={other.Parameters[parameter.Key]}";

    static IEnumerable<string> Only(RunResult here, RunResult there, string number) =>
        from scenario in here.Scenarios
        let same = there.Scenarios.FirstOrDefault(other => other.Name == scenario.Name)
        from name in same is null ? [scenario.Name]
            : scenario.Arms.Select(arm => arm.Name).Except(same.Arms.Select(arm => arm.Name)).Select(arm => $"{scenario.Name}, {arm}")
        select $"{name}: only in the {number} run";

    static IEnumerable<string> Moved(string where, ArmResult before, ArmResult after, int arms) =>
        from lane in before.Runs.Select(run => run.Lane).Intersect(after.Runs.Select(run => run.Lane))
        from row in rows
        let old = Noise.Of(before, lane, row.Measure)
        let now = Noise.Of(after, lane, row.Measure)
        where old is not null && now is not null
        let t = StudentT.TwoSided(Confidence.PerClaim(Together, arms * rows.Length * 2), old.Freedom + now.Freedom)
        where Math.Abs(now.Mean - old.Mean) > Math.Max(row.Least, t * Math.Sqrt(old.Variance + now.Variance))
        select string.Create(CultureInfo.InvariantCulture,
            $"{where}, lane {lane}: {row.Words} {row.Scale * old.Mean:0.###} -> {row.Scale * now.Mean:0.###}");

    // A run with an outage scatters so much that nothing else is beyond it; its claims tell
    static IEnumerable<string> Judged(ScenarioResult one, ScenarioResult other) =>
        from claim in one.Claims
        join now in other.Claims on claim.Text equals now.Text
        where claim.Judgement != now.Judgement
        select string.Create(CultureInfo.InvariantCulture,
            $"{one.Name}: {claim.Text}: {claim.Judgement.Word()} -> {now.Judgement.Word()}, {claim.Measured:0.###} -> {now.Measured:0.###}");

    static int Seeds(ArmResult arm) => arm.Runs.Select(run => run.Seed).Distinct().Count();

    /// <param name="Variance">Of the mean.</param>
    /// <param name="Freedom">Degrees of freedom behind it.</param>
    sealed record Noise(double Mean, double Variance, int Freedom)
    {
        /// <summary>Null when the runs do not show it.</summary>
        public static Noise? Of(ArmResult arm, string lane, string measure)
        {
            var runs = arm.Runs.Where(run => run.Lane == lane && run.Measures.ContainsKey(measure)).ToList();
            List<double> values = [.. runs.Select(run => run.Measures[measure])];
            var ofSeeds = runs.Count < 2 ? 0 : Square(Sample.Deviation(values)) / runs.Count;
            if (measure != Measure.Success)
                return runs.Count < 2 ? null : new(values.Average(), ofSeeds, runs.Count - 1);
            if (runs.Count == 0)
                return null;
            var mean = values.Average();
            var ofRequests = mean * (1 - mean) / Math.Max(1, runs.Sum(run => run.Measures.GetValueOrDefault(Measure.Requests)));
            var ofParts = runs.Average(run => Square(Sample.Deviation(PartsOf(run.Curve)))) / Parts / runs.Count;
            return new(mean, Math.Max(ofSeeds, Math.Max(ofRequests, ofParts)), (Parts - 1) * runs.Count);
        }

        static double[] PartsOf(IReadOnlyList<double> curve) => curve.Count < Parts ? [.. curve]
            : [.. Enumerable.Range(0, Parts).Select(part => curve.Skip(curve.Count * part / Parts).Take(curve.Count * (part + 1) / Parts - curve.Count * part / Parts).Average())];

        static double Square(double value) => value * value;
    }
}
