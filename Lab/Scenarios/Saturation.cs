using System.Globalization;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S10: load through capacity. Waiting grows before anything fails; shedding keeps goodput.</summary>
sealed class Saturation() : Scenario("saturation", "S10")
{
    static readonly double[] loads = [0.5, 0.7, 0.85, 1.2, 1.6];

    public override Explanation Explanation => new(
        Fault: "none: more and more requests, Poisson arrivals, exponential service times",
        Question: "What does a user wait before anything fails, and what is left beyond capacity?",
        Theory: "M/M/c: P(wait) Erlang C; beyond capacity with a queue bound K: M/M/c/K, goodput mu (1 - idle); at bound 0 Erlang B",
        Source: "Erlang 1917; Kleinrock, Queueing Systems I, 1975",
        Watch: "p95 against load: it bends long before 100 %; beyond it refusals keep the served ones fast",
        NotShown: "a closed loop, which hides all this: try load --closed");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Whole("workers", 4, 1, 64, "workers of each pool"),
        Parameter.Number("mean_ms", 20, 1, 1_000, "mean of the exponential service time"),
        Parameter.Whole("bound", 16, 0, 100_000, "queue bound"),
        Parameter.Number("seconds", 12, 1, 600, "length of an arm"),
    ];

    public override Arm Capacity(Values values) => At("capacity", 1, values) with
    {
        Seconds = 4,
    };

    public override IReadOnlyList<Arm> Arms(Values values) =>
        [.. loads.Select(load => At(string.Create(CultureInfo.InvariantCulture, $"{100 * load:0} % of capacity"), load, values))];

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["queue bound"] = Effect.Helps,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        foreach (var arm in evidence.Arms)
        {
            foreach (var lane in arm.Lanes)
            {
                claims.Model(arm.Name, lane, Measure.Success, "success (percent)", slack: 0.015);
                claims.Model(arm.Name, lane, Measure.P95, "p95, ms", scale: 1, slack: 15);
            }
        }
        var (half, most) = (evidence.Arms[0].Name, evidence.Arms[^1].Name);
        var goodput = 100 * evidence.Mean(most, Measure.Success) * loads[^1];
        return new(
            $"At {100 * loads[^1]:0} % of capacity a bounded queue still serves {goodput:0} % of it",
            claims.All,
            [new("queue bound", goodput > 85 ? Effect.Helps : Effect.Harms, goodput, "percent of capacity served at 160 % load")],
            [
                Points(evidence, "saturation-latency", $"p95 goes from {evidence.Mean(half, Measure.P95):0} ms to {evidence.Mean(evidence.Arms[2].Name, Measure.P95):0} ms before anything fails",
                    Measure.P95, "p95, ms", _ => 1,
                    arm => new(evidence.Expected(arm.Name).Of(Measure.P95).Mean, evidence.Expected(arm.Name).Law)),
                Points(evidence, "saturation-goodput", $"Beyond capacity shedding keeps {goodput:0} % of it", Measure.Success, "served, % of capacity", load => 100 * load,
                    arm => Prediction.Formula(Served(arm, evidence.Values), "M/M/c/K, in the long run")),
            ]);
    }

    static double Served(Arm arm, Values values) =>
        Theory.Saturation.Goodput(values.Whole("workers"), values.Whole("bound"), arm.Rate, values.Whole("workers") / arm.CapacityPerS!.Value) / arm.Rate;

    // What is predicted is the same for both lanes, and drawn once.
    static Chart Points(Evidence evidence, string name, string title, string measure, string label, Func<double, double> scale,
        Func<Arm, Prediction<double>> predicted)
    {
        var predictions = evidence.Arms.Select(predicted).ToList();
        return new(name, ChartKind.Points, title, evidence.Caption, "load, % of capacity", label,
            [.. Lane.Both.Select((lane, tone) => new Series($"lane {lane}", tone,
                [.. evidence.Arms.Zip(loads, (arm, load) => Evidence.Point(100 * load, evidence.All(arm.Name, lane, measure), scale(load)))],
                tone > 0 ? [] : [.. predictions.Zip(loads, (one, load) => new Point(100 * load, scale(load) * one.Value))],
                tone > 0 ? null : predictions[0].Law))]);
    }

    static Arm At(string name, double load, Values values)
    {
        var capacity = values.CapacityPerS.Count == 0 ? 1_000 * values.Whole("workers") / values["mean_ms"] : values.CapacityPerS.Values.Min();
        return new Arm(name)
        {
            Knobs = Setting.Plain(values.Whole("workers"), workMs: 0, queue: values.Whole("bound")),
            Faults =
            [
                Setting.Fault("slow", ("probability", 1), ("distribution", "exponential"), ("median_ms", values["mean_ms"] * Math.Log(2))),
            ],
            Rate = load * capacity,
            CapacityPerS = capacity,
            Seconds = values["seconds"],
            Arrivals = LoadTest.Arrivals.Poisson,
        }.With(name, ("REQUEST_TIMEOUT_S", 10.0));
    }
}
