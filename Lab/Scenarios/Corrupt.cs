using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S7: a request corrupts its worker's state. The 2x2 of retries and restarts.</summary>
sealed class Corrupt() : Scenario("corrupt", "S7")
{
    const string Neither = "no retries, not restarted";
    const string Retried = "retries, not restarted";
    const string Restarted = "no retries, restarted";
    const string Both = "retries, restarted";
    const string Fresh = "no retries, fresh";
    const string Silent = "silent, restarted";
    const string External = "external, restarted";

    public override bool IsQuick => true;

    public override Explanation Explanation => new(
        Fault: "a request corrupts its worker's state with probability q: it still succeeds, every later one of that worker fails "
            + "until the worker's state is cleaned",
        Question: "Who cures it: who asks again, or who cleans up?",
        Theory: "exact Markov chain over the corrupt workers of W in the order in which they take work (longest idle first)",
        Source: "the chain is ours; the idea is Candea et al., Microreboot, OSDI'04",
        Watch: "a staircase: each step down is a worker turning sick; with restarts each step is undone by the next request",
        NotShown: "corruption outside the worker (arm external), without an exception (arm silent): a restart cures neither; and a new "
            + "object for each request (arm fresh) is immune without any supervisor");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("q", 0.01, 0, 1, "probability that a request corrupts its worker"),
        Parameter.Whole("workers", 8, 1, 64, "workers of each pool"),
        Parameter.Whole("retries", 2, 0, 10, "retries of the arms with retries"),
        Parameter.Number("rate", 100, 1, 300, "requests per second in each lane"),
        Parameter.Number("seconds", 20, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var neither = new Arm(Neither)
        {
            Knobs = Setting.Plain(values.Whole("workers"), workMs: 20),
            Faults = [Fault("corrupt", values)],
            Rate = values["rate"],
            Seconds = values["seconds"],
        };
        neither = neither.With(Neither, Setting.Supervision("resume"));
        var restarted = neither.With(Restarted, Setting.Supervision("restart"));
        var retries = Setting.Retries(values.Whole("retries"));
        return
        [
            neither,
            neither.With(Retried, retries),
            restarted,
            restarted.With(Both, retries),
            neither.With(Fresh, Setting.Supervision("fresh")),
            restarted.With(Silent) with { Faults = [Fault("silent", values)] },
            restarted.With(External) with { Faults = [Fault("external", values)] },
            .. Fairness.Arms(neither),
        ];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["retries"] = Effect.Harms,
        ["supervision"] = Effect.Helps,
        ["supervision and retries"] = Effect.Helps,
        ["fresh object"] = Effect.Helps,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        var healthy = 1 - evidence.Values["q"];
        foreach (var arm in evidence.Arms.Where(arm => arm.IsEqual))
        {
            var isCured = arm.Name is Restarted or Both or Fresh;
            foreach (var lane in arm.Lanes)
                claims.Model(arm.Name, lane, Measure.Success, "success (percent)", rival: isCured ? 0.9 : healthy);
            claims.LanesAgree(arm.Name);
        }
        var isBorneOut = claims.AllHold && evidence.Mean(Retried, Measure.LateSuccess) < evidence.Mean(Neither, Measure.LateSuccess)
            && evidence.Mean(Both, Measure.Success) > 0.999;
        var title = isBorneOut ? "Retries hid it, then killed it sooner. Restart cured it."
            : $"Restart and retries: {Percent(evidence, Both)}; retries alone: {Percent(evidence, Retried)}; neither: {Percent(evidence, Neither)}";
        return new(title, claims.All,
            [
                claims.Verdict("retries", Neither, Retried, Measure.LateSuccess),
                claims.Verdict("supervision", Neither, Restarted),
                claims.Verdict("supervision and retries", Neither, Both),
                claims.Verdict("fresh object", Neither, Fresh),
            ],
            [Square(evidence, title), Curves(evidence, title)]);
    }

    static Chart Square(Evidence evidence, string title) => new(
        "corrupt-2x2", ChartKind.Square, title, evidence.Caption, "", "success of the last fifth, %",
        [.. ((string Arm, string Label)[])
            [(Neither, "no retries|not restarted"), (Restarted, "no retries|restarted"), (Retried, "retries|not restarted"), (Both, "retries|restarted")]
            is var cells ? cells.Select((cell, tone) => new Series(cell.Label, tone,
                [Charts.Clamped(Evidence.Point(0, evidence.All(cell.Arm, Lane.Actor, Measure.LateSuccess), 100))],
                [new(0, 100 * evidence.Expected(cell.Arm).Of(Measure.LateSuccess).Mean)])) : []]);

    static Chart Curves(Evidence evidence, string title) => Charts.Curves(evidence, "corrupt-curves", title, Lane.Actor,
        [(Neither, "neither"), (Retried, "retries"), (Restarted, "restart"), (Both, "both")],
        note: new(950, "until here retries look better"));

    static System.Text.Json.Nodes.JsonObject Fault(string kind, Values values) => Setting.Fault(kind, ("probability", values["q"]));

    static string Percent(Evidence evidence, string arm) => $"{100 * evidence.Mean(arm, Measure.Success):0.0} %";
}
