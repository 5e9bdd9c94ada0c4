using TinyResilient.Lab.Model;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Theory;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S11: everybody fails at once, and comes back as the jitter says.</summary>
sealed class Stampede() : Scenario("stampede", "S11")
{
    const double ArrivalS = 0.05;
    const double PauseS = 2;

    static readonly (string Jitter, RetryWave Wave)[] kinds =
    [
        ("none", Theory.Stampede.Fixed(PauseS)), ("equal", Theory.Stampede.Equal(PauseS)), ("full", Theory.Stampede.Full(PauseS)),
        ("decorrelated", Theory.Stampede.Decorrelated(PauseS)),
    ];

    public override bool IsQuick => true;

    public override Explanation Explanation => new(
        Fault: "many clients fail at one instant, and each asks again after a pause",
        Question: "How wide does jitter spread them?",
        Theory: "arrivals per second at the densest: clients/width; width 0 for a fixed pause, v/2 for equal, v for full, 2v for decorrelated jitter; "
            + "Akka's BackoffSupervisor adds at most 0.2 v. By chance the worst 200 ms hold more than that: their mean is simulated",
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
        var herds = kinds.ToDictionary(kind => Label(kind.Jitter), kind => Herd(kind.Wave, evidence.Values.Whole("clients")));
        foreach (var (jitter, wave) in kinds)
        {
            // What is denied: that jitter spreads them not at all; of no jitter, that they are spread as by the narrowest. A pause may end late.
            var rival = wave.To > wave.From ? 1 : herds[Label("equal")].Mean;
            foreach (var lane in Lane.Both)
                claims.Like($"{Label(jitter)}, lane {lane}: come back within the worst 200 ms, percent", evidence.All(Label(jitter), lane, Measure.Peak),
                    herds[Label(jitter)], evidence.Arm(Label(jitter)).Requests, rival: rival, slack: 0.03);
        }
        var (none, full) = (100 * evidence.Mean(Label("none"), Measure.Peak), 100 * evidence.Mean(Label("full"), Measure.Peak));
        return new(
            $"Without jitter {none:0} % come back within 200 ms, with full jitter {full:0} %",
            claims.All,
            [
                claims.Verdict("jitter", Label("none"), Label("full"), Measure.Peak, 100, "points of the herd in its worst 200 ms", moreIsBetter: false),
            ],
            [Charts.Rows(evidence, "stampede", $"Jitter spreads the herd: {none:0} % in 200 ms become {full:0} %", Measure.Peak, "come back in the worst 200 ms, %",
                predicted: arm => new(herds[arm.Name].Mean, new(LawKind.Model, $"mean of {herds[arm.Name].Runs} simulated herds")))]);
    }

    /// <summary>
    /// Share of a herd that comes back within its worst 200 ms, wherever these are: a scan statistic, whose mean has no handy formula.
    /// </summary>
    internal static Estimate Herd(RetryWave wave, int clients) => Estimate.Of(Enumerable.Range(1, Expectation.Runs).Select(seed =>
    {
        var chance = new Chance(seed);
        double[] ends = [.. Enumerable.Range(0, clients).Select(client =>
            ArrivalS * client / clients + wave.From + (wave.To - wave.From) * chance.Unit(Drawn.Backoff, client)).Order()];
        return (double)RequestCourse.Peak(ends) / clients;
    }));

    static string Label(string jitter) => jitter == "none" ? "no jitter" : $"{jitter} jitter";
}
