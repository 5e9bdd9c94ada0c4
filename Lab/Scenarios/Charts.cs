using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;

namespace TinyResilient.Lab.Scenarios;

/// <summary>The slides that most scenarios have.</summary>
static class Charts
{
    /// <summary>One row for each arm and lane: measured with its interval, what is predicted as a mark.</summary>
    /// <param name="predicted">Null, or null for an arm: what the model says is drawn.</param>
    public static Chart Rows(Evidence evidence, string name, string title, string measure, string label, double scale = 100,
        double? max = 100, Func<Arm, Prediction<double>?>? predicted = null) => new(
            name, ChartKind.Rows, title, evidence.Caption, label, "",
            [.. from arm in evidence.Arms.Select((arm, index) => (Arm: arm, Index: index))
                from lane in arm.Arm.Lanes
                let point = Evidence.Point(0, evidence.All(arm.Arm.Name, lane, measure), scale)
                let prediction = Predicted(evidence, arm.Arm, measure, predicted?.Invoke(arm.Arm))
                select new Series($"{arm.Arm.Name}, {lane}", arm.Index,
                    [max == 100 ? Clamped(point) : point],
                    prediction is { } one ? [new(0, one.Value * scale)] : [], prediction?.Law)],
            MaxY: max);

    /// <summary>Success over the course of the run, for some arms in one lane.</summary>
    /// <param name="arms">Name of each arm, and its label at the end of its line.</param>
    /// <param name="inSeconds">Over the seconds of the run, instead of the number of the request.</param>
    /// <param name="predicted">Success of each request; null, or null for an arm: what the model says is drawn.</param>
    public static Chart Curves(Evidence evidence, string name, string title, string lane, IReadOnlyList<(string Arm, string Label)> arms,
        bool inSeconds = false, ChartNote? note = null, Func<Arm, Prediction<double[]>?>? predicted = null)
    {
        return new(name, ChartKind.Curves, title, evidence.Caption, inSeconds ? "seconds" : "request", "success, %",
            [.. arms.Select((arm, tone) => Line(evidence.Arm(arm.Arm), arm.Label, tone))], MaxY: 100, Note: note);

        Series Line(Arm arm, string label, int tone)
        {
            var prediction = Predicted(evidence, arm, predicted?.Invoke(arm));
            return new(label, tone,
                [.. Enumerable.Range(0, RequestCourse.Slices).Select(slice =>
                    Clamped(Evidence.Point(X(arm, slice), [.. evidence.Runs(arm.Name, lane).Select(run => run.Curve[slice])], 100)))],
                [.. (prediction?.Value ?? []).Select((value, slice) => new Point(X(arm, slice), 100 * value))], prediction?.Law);
        }

        double X(Arm arm, int slice) => (slice + 0.5) / RequestCourse.Slices * (inSeconds ? arm.Seconds : arm.Requests);
    }

    /// <summary>An interval of percents ends where percents end.</summary>
    public static Point Clamped(Point point) => point with
    {
        Low = point.Low is { } low ? Math.Max(0, low) : null,
        High = point.High is { } high ? Math.Min(100, high) : null,
    };

    static Prediction<double>? Predicted(Evidence evidence, Arm arm, string measure, Prediction<double>? formula) =>
        formula ?? (arm.IsUnmodelled ? null : new(evidence.Expected(arm.Name).Of(measure).Mean, evidence.Expected(arm.Name).Law));

    static Prediction<IReadOnlyList<double>>? Predicted(Evidence evidence, Arm arm, Prediction<double[]>? formula) =>
        formula is not null ? new(RequestCourse.CurveOf(formula.Value), formula.Law)
        : arm.IsUnmodelled ? null
        : new(evidence.Expected(arm.Name).Curve, evidence.Expected(arm.Name).Law);
}
