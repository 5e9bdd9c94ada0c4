using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;

namespace TinyResilient.Lab.Scenarios;

/// <summary>The slides that most scenarios have.</summary>
static class Charts
{
    /// <summary>One row for each arm and lane: measured with its interval, theory as a mark.</summary>
    public static Chart Rows(Evidence evidence, string name, string title, string measure, string label, double scale = 100,
        double? max = 100, Func<string, double?>? theory = null) => new(
            name, ChartKind.Rows, title, evidence.Caption, label, "",
            [.. from arm in evidence.Arms.Select((arm, index) => (Arm: arm, Index: index))
                from lane in arm.Arm.Lanes
                let point = Evidence.Point(0, evidence.All(arm.Arm.Name, lane, measure), scale)
                let predicted = theory?.Invoke(arm.Arm.Name) ?? Predicted(evidence, arm.Arm, measure)
                select new Series($"{arm.Arm.Name}, {lane}", arm.Index,
                    [max == 100 ? Clamped(point) : point],
                    predicted is { } value ? [new(0, value * scale)] : [])],
            MaxY: max);

    /// <summary>Success over the course of the run, for some arms in one lane.</summary>
    /// <param name="arms">Name of each arm, and its label at the end of its line.</param>
    /// <param name="inSeconds">Over the seconds of the run, instead of the number of the request.</param>
    public static Chart Curves(Evidence evidence, string name, string title, string lane, IReadOnlyList<(string Arm, string Label)> arms,
        bool inSeconds = false, ChartNote? note = null)
    {
        return new(name, ChartKind.Curves, title, evidence.Caption, inSeconds ? "seconds" : "request", "success, %",
            [.. arms.Select((arm, tone) => new Series(arm.Label, tone, Measured(arm.Arm), Theory(arm.Arm)))], MaxY: 100, Note: note);

        double X(string arm, int slice) =>
            (slice + 0.5) / RequestCourse.Slices * (inSeconds ? evidence.Arm(arm).Seconds : evidence.Arm(arm).Requests);

        IReadOnlyList<Point> Measured(string arm) => [.. Enumerable.Range(0, RequestCourse.Slices).Select(slice =>
            Clamped(Evidence.Point(X(arm, slice), [.. evidence.Runs(arm, lane).Select(run => run.Curve[slice])], 100)))];

        IReadOnlyList<Point> Theory(string arm) => evidence.Arm(arm).IsUnmodelled ? [] : [.. evidence.Expected(arm).Curve.Select((value, slice) => new Point(X(arm, slice), 100 * value))];
    }

    /// <summary>An interval of percents ends where percents end.</summary>
    public static Point Clamped(Point point) => point with
    {
        Low = point.Low is { } low ? Math.Max(0, low) : null,
        High = point.High is { } high ? Math.Min(100, high) : null,
    };

    static double? Predicted(Evidence evidence, Arm arm, string measure) =>
        arm.IsUnmodelled ? null : evidence.Expected(arm.Name).Of(measure).Mean;
}
