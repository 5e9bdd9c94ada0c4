using System.Text.Json.Nodes;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;

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
    const string Fast = "fast failure, not restarted";
    const string Probed = "liveness probe restarts the process";
    const double WorkMs = 20;

    static readonly (string Arm, string Label)[] cells =
    [
        (Neither, "no retries|not restarted"), (Restarted, "no retries|restarted"), (Retried, "retries|not restarted"), (Both, "retries|restarted"),
    ];

    public override bool IsQuick => true;

    public override Explanation Explanation => new(
        Fault: "a request corrupts its worker's state with probability q: it still succeeds, every later one of that worker fails "
            + "until the worker's state is cleaned",
        Question: "Who cures it: who asks again, or who cleans up?",
        Theory: "exact Markov chain over the corrupt workers of W in the order in which they take work (longest idle first)",
        Source: "the chain is ours; the idea is Candea et al., Microreboot, OSDI'04",
        Watch: "a staircase: each step down is a worker turning sick; with restarts each step is undone by the next request",
        NotShown: "corruption outside the worker (arm external), without an exception (arm silent): a restart cures neither; and a new "
            + "object for each request (arm fresh) is immune without any supervisor. The arm with a liveness probe is measured for comparison "
            + "only: nothing is claimed of it");

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
            Knobs = Setting.Plain(values.Whole("workers"), WorkMs),
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
            neither.With(Fast) with { Faults = [Fault("corrupt", values, ("fast", true))] },
            .. values.MayKill ? [Probe(neither)] : (Arm[])[],
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
        foreach (var arm in evidence.Arms.Where(arm => arm is { IsEqual: true, IsUnmodelled: false }))
        {
            var isCured = arm.Name is Restarted or Both or Fresh;
            foreach (var lane in arm.Lanes)
                claims.Model(arm.Name, lane, Measure.Success, "success (percent)", theory: Chain(arm, evidence.Values)?.Value.Average(), rival: isCured ? 0.9 : healthy);
            claims.LanesAgree(arm.Name);
        }
        var isBorneOut = claims.AllHold && evidence.Mean(Retried, Measure.LateSuccess) < evidence.Mean(Neither, Measure.LateSuccess)
            && evidence.Mean(Both, Measure.Success) > 0.999;
        var title = isBorneOut ? "Retries hid it, then killed it sooner. Restart cured it."
            : $"At the end {AtEnd(evidence, Both)} succeed with restart and retries, {AtEnd(evidence, Retried)} with retries alone, "
                + $"{AtEnd(evidence, Neither)} with neither";
        return new(title, claims.All,
            [
                claims.Verdict("retries", Neither, Retried, Measure.LateSuccess),
                claims.Verdict("supervision", Neither, Restarted),
                claims.Verdict("supervision and retries", Neither, Both),
                claims.Verdict("fresh object", Neither, Fresh),
            ],
            [Square(evidence, title), Curves(evidence, title), Others(evidence)]);
    }

    static Chart Others(Evidence evidence) => Charts.Rows(evidence, "corrupt-arms",
        $"A new object for each request: {Percent(evidence, Fresh)}; a restart of the worker: {Percent(evidence, Restarted)}"
            + (evidence.Values.MayKill ? $", of the process: {Percent(evidence, Probed)}" : ""),
        Measure.Success, "success, %",
        predicted: arm => Chain(arm, evidence.Values) is { } chain ? new(chain.Value.Average(), chain.Law) : null);

    static Chart Square(Evidence evidence, string title) => new(
        "corrupt-2x2", ChartKind.Square, title, evidence.Caption, "", "success of the last fifth, %",
        [.. from cell in cells.Index()
            let predicted = Late(evidence, evidence.Arm(cell.Item.Arm))
            select new Series(cell.Item.Label, cell.Index,
                [Charts.Clamped(Evidence.Point(0, evidence.All(cell.Item.Arm, Lane.Actor, Measure.LateSuccess), 100))],
                [new(0, 100 * predicted.Value)], predicted.Law)]);

    static Prediction<double> Late(Evidence evidence, Arm arm) => Chain(arm, evidence.Values) is { } chain
        ? new(RequestCourse.Late(chain.Value).Average(), chain.Law)
        : new(evidence.Expected(arm.Name).Of(Measure.LateSuccess).Mean, evidence.Expected(arm.Name).Law);

    static Chart Curves(Evidence evidence, string title) => Charts.Curves(evidence, "corrupt-curves", title, Lane.Actor,
        [(Neither, "neither"), (Retried, "retries"), (Restarted, "restart"), (Both, "both")],
        note: new(950, "until here retries look better"), predicted: arm => Chain(arm, evidence.Values));

    /// <summary>
    /// Success of each request by the exact chain. Null where it does not hold: a sick worker that fails at once is back in the
    /// queue sooner than a well one, and in a pool that is never idle attempts do not meet every worker alike.
    /// </summary>
    internal static Prediction<double[]>? Chain(Arm arm, Values values)
    {
        var retries = Convert.ToInt32(arm.Knobs["MAX_RETRIES"]);
        (double Q, bool IsCleaned)? spoiling = arm.Name switch
        {
            Neither or Retried or Silent or External => (values["q"], false),
            Restarted or Both => (values["q"], true),
            Fresh => (0, false), // what it spoils, nobody meets
            _ => null,
        };
        return spoiling is var (q, isCleaned) && (retries + 1) * arm.Rate * WorkMs / 1_000 < values.Whole("workers")
            ? Prediction.Formula(Theory.CorruptChain.Success(values.Whole("workers"), q, retries, isCleaned, arm.Requests),
                "exact Markov chain over the corrupt workers")
            : null;
    }

    // What is repaired is the whole process, with everything under way in it; not predicted, measured for comparison only.
    static Arm Probe(Arm neither) => neither.With(Probed) with
    {
        Probe = new(EveryS: 0.5, Failures: 3),
        IsUnmodelled = true,
    };

    static JsonObject Fault(string kind, Values values, params (string, JsonNode?)[] more) =>
        Setting.Fault(kind, [("probability", values["q"]), .. more]);

    static string AtEnd(Evidence evidence, string arm) => $"{100 * evidence.Mean(arm, Lane.Actor, Measure.LateSuccess):0.0} %";

    static string Percent(Evidence evidence, string arm) => $"{100 * evidence.Mean(arm, Measure.Success):0.0} %";
}
