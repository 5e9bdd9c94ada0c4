using TinyResilient.Lab.Model;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S11: everybody fails at once, and comes back as the jitter says.</summary>
sealed class Stampede() : Scenario("stampede", "S11")
{
    const double ArrivalS = 0.05;
    const double WindowS = 0.2;
    const double PauseS = 2;

    static readonly (string Jitter, Theory.RetryWave Wave)[] kinds =
    [
        ("none", Theory.Stampede.Fixed(PauseS)), ("equal", Theory.Stampede.Equal(PauseS)), ("full", Theory.Stampede.Full(PauseS)),
        ("decorrelated", Theory.Stampede.Decorrelated(PauseS)),
    ];

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
        var expected = kinds.ToDictionary(kind => Label(kind.Jitter), kind =>
            ModelWave.Worst(kind.Wave, evidence.Values.Whole("clients"), ArrivalS, WindowS, Expectation.Runs));
        foreach (var (arm, worst) in expected)
        {
            // Answers that this machine delays come together with those behind them.
            foreach (var lane in Lane.Both)
                claims.Like($"{arm}, lane {lane}: come back within the worst 200 ms, percent", evidence.All(arm, lane, Measure.Peak), worst,
                    evidence.Arm(arm).Requests, scale: 100, rival: worst.Mean < 1 ? 1 : 0.5, slack: 0.03);
        }
        var (none, full) = (100 * evidence.Mean(Label("none"), Measure.Peak), 100 * evidence.Mean(Label("full"), Measure.Peak));
        return new(
            $"Without jitter {none:0} % come back within 200 ms, with full jitter {full:0} %",
            claims.All,
            [
                claims.Verdict("jitter", Label("none"), Label("full"), Measure.Peak, 100, "percent in the worst 200 ms", moreIsBetter: false),
            ],
            [Charts.Rows(evidence, "stampede", $"Jitter spreads the herd: {none:0} % in 200 ms become {full:0} %", Measure.Peak, "come back in the worst 200 ms, %",
                predicted: arm => new(expected[arm.Name].Mean, new(LawKind.Model, $"mean of {Expectation.Runs} simulated waves")))]);
    }

    static string Label(string jitter) => jitter == "none" ? "no jitter" : $"{jitter} jitter";
}
