using System.Globalization;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;

namespace TinyResilient.Lab.Reports;

/// <summary>One run in virtual time beside the same in real time, arm by arm: how far the numbers of the one hold for the other.</summary>
static class ClockAgreement
{
    public const string FileName = "agreement.md";

    static readonly (string Head, Func<LaneRun, double?> Of, string Format)[] columns =
    [
        ("success, %", run => 100 * run.Measures[Measure.Success], "0.0#"),
        ("p50, ms", run => Measured(run, Measure.P50), "0.0"),
        ("p99, ms", run => Measured(run, Measure.P99), "0.0"),
        ("work per success", run => run.Measures[Measure.Success] is > 0 and var success ? Measured(run, Measure.Work) / success : null, "0.00"),
    ];

    /// <summary>As Markdown: what moved beyond noise, which claims are judged otherwise, and all arms.</summary>
    public static string Of(RunResult inVirtualTime, RunResult inRealTime) => $"""
        # Virtual time beside real time

        {string.Join('\n', RunDifference.Text(inVirtualTime, inRealTime).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => $"- {MarkdownReport.Escape(line)}"))}

        Virtual, then real: means over seeds. The curve is the success of {RequestCourse.Slices} slices of the requests; its largest gap, in points.

        {MarkdownReport.Of(Table(inVirtualTime, inRealTime))}
        """;

    public static Table Table(RunResult inVirtualTime, RunResult inRealTime) => new(
        ["scenario", "arm", "lane", .. columns.Select(column => column.Head), "largest gap of the curve"],
        [.. from scenario in inVirtualTime.Scenarios
            join other in inRealTime.Scenarios on scenario.Name equals other.Name
            from arm in scenario.Arms
            from same in other.Arms
            where same.Name == arm.Name
            from lane in arm.Runs.Select(run => run.Lane).Distinct()
            let here = arm.Runs.Where(run => run.Lane == lane).ToList()
            let there = same.Runs.Where(run => run.Lane == lane).ToList()
            where there.Count > 0
            select (IReadOnlyList<Cell>)[new(scenario.Name), new(arm.Name), new(lane),
                .. columns.Select(column => new Cell($"{Mean(here, column)}, {Mean(there, column)}")),
                new((100 * Gap(here, there)).ToString("0.0", CultureInfo.InvariantCulture))]]);

    static string Mean(IEnumerable<LaneRun> runs, (string Head, Func<LaneRun, double?> Of, string Format) column) =>
        runs.Select(column.Of).OfType<double>().ToList() is { Count: > 0 } all
            ? all.Average().ToString(column.Format, CultureInfo.InvariantCulture) : "-";

    static double Gap(List<LaneRun> here, List<LaneRun> there) =>
        Enumerable.Range(0, Math.Min(here[0].Curve.Count, there[0].Curve.Count))
            .Max(slice => Math.Abs(here.Average(run => run.Curve[slice]) - there.Average(run => run.Curve[slice])));

    static double? Measured(LaneRun run, string measure) => run.Measures.TryGetValue(measure, out var value) ? value : null;
}
