using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S11: everybody fails at once, and comes back as the jitter says.</summary>
sealed class Stampede() : Scenario("stampede", "S11")
{
    const double ArrivalS = 0.05;
    const double WindowS = 0.2;
    const double PauseS = 2;

    static readonly (string Jitter, double Width)[] kinds = [("none", 0), ("equal", 1), ("full", 2), ("decorrelated", 4)];

    public override bool IsQuick => true;

    public override Explanation Explanation => new(
        Fault: "many clients fail at one instant, and each asks again after a pause",
        Question: "How wide does jitter spread them?",
        Theory: "arrivals per second at the densest: clients/width; width 0 for a fixed pause, v/2 for equal, v for full, 2v for decorrelated jitter; "
            + "Akka's BackoffSupervisor adds at most 0.2 v",
        Source: "Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015",
        Watch: "how many come back within the same 200 ms",
        NotShown: "a server that slows down under the stampede: here it has room for all");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Whole("clients", 150, 10, 5_000, "clients that fail at once"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var clients = values.Whole("clients");
        return [.. kinds.Select(kind => new Arm(Label(kind.Jitter))
        {
            Knobs = Setting.Plain(workers: 2 * clients, workMs: 0),
            Faults = Setting.InEachLane("first_k", ("k", clients), ("fast", true)),
            Rate = clients / ArrivalS,
            Seconds = ArrivalS,
            IsUnmodelled = true,
        }.With(Label(kind.Jitter), Setting.Retries(2), ("BACKOFF_BASE_MS", 1_000 * PauseS), ("BACKOFF_MAX_MS", 10_000.0), ("JITTER", kind.Jitter)))];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["jitter"] = Effect.Helps,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        foreach (var (jitter, width) in kinds)
        {
            // The clients fail over 50 ms, not at one instant: a wave is that much wider, and the window slides to the densest place.
            var expected = Within(width);
            foreach (var lane in Lane.Both)
                claims.Between($"{Label(jitter)}, lane {lane}: come back within the worst 200 ms, percent", 100 * evidence.Mean(Label(jitter), lane, Measure.Peak),
                    100 * expected * 0.5, Math.Min(100, 100 * expected * 2 + 2), 100 * expected);
        }
        var (none, full) = (100 * evidence.Mean(Label("none"), Measure.Peak), 100 * evidence.Mean(Label("full"), Measure.Peak));
        return new(
            $"Without jitter {none:0} % come back within 200 ms, with full jitter {full:0} %",
            claims.All,
            [
                claims.Verdict("jitter", Label("none"), Label("full"), Measure.Peak, 100, "percent in the worst 200 ms", moreIsBetter: false),
            ],
            [Charts.Rows(evidence, "stampede", $"Jitter spreads the herd: {none:0} % in 200 ms become {full:0} %", Measure.Peak, "come back in the worst 200 ms, %",
                formula: arm => Prediction.Formula(Within(kinds.First(kind => Label(kind.Jitter) == arm.Name).Width),
                    "200 ms of a wave that is even and as wide as the jitter; the worst 200 ms hold a little more"))]);
    }

    static double Within(double width) => new Theory.RetryWave(0, width).Worst(1, WindowS);

    static string Label(string jitter) => jitter == "none" ? "no jitter" : $"{jitter} jitter";
}
