using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S17: a worker whose constructor fails. Akka's default stops it, and says nothing.</summary>
sealed class CrashLoop() : Scenario("crash-loop", "S17")
{
    const string Stopped = "stopped (Akka's default)";
    const string Restarted = "restarted at once";
    const string Backoff = "restarted after a pause";

    const double WorkMs = 20, FromS = 1;

    public override Explanation Explanation => new(
        Fault: "workers crash now and then, and a new worker's constructor fails with probability p",
        Question: "What does the supervisor do with a worker that cannot be built?",
        Theory: "stopped: workers left follow the chain of hang with crash probability x p, and w of them serve min(1, w / (rate x work)); restarted: 1 - crash, and 1/(1 - p) constructions for each crash; "
            + "a pause bounds them by 1/pause per second",
        Source: "Akka.NET's default decider (ActorInitializationException: Stop); the chain is ours",
        Watch: "the number of workers: nothing is logged, nothing fails, the pool only gets smaller",
        NotShown: "a constructor that always fails, where a restart at once would burn a core");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("crash", 0.03, 0, 1, "probability that a request crashes its worker"),
        Parameter.Number("p", 0.5, 0, 0.95, "probability that a constructor fails"),
        Parameter.Whole("workers", 8, 1, 256, "workers of each pool"),
        Parameter.Number("rate", 80, 1, 1_000, "requests per second in each lane"),
        Parameter.Number("seconds", 15, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        Arm With(string name, string directive, params (string, object)[] knobs) => new Arm(name)
        {
            Knobs = Setting.Plain(values.Whole("workers"), workMs: WorkMs, queue: 50),
            Faults =
            [
                // In the first second all workers are built, and well.
                Setting.Fault("crash", ("probability", values["crash"]), ("from_s", FromS)),
                Setting.Fault("crash_loop", ("probability", values["p"]), ("directive", directive), ("from_s", FromS)),
            ],
            Rate = values["rate"],
            Seconds = values["seconds"],
            IsUnmodelled = true,
        }.With(name, [("REQUEST_TIMEOUT_S", 0.5), .. knobs]);
        return [With(Stopped, "stop"), With(Restarted, "restart"), With(Backoff, "restart", ("RESTART_BACKOFF_MS", 200.0))];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["supervision"] = Effect.Helps,
        ["restart backoff"] = Effect.Neutral,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        var healthy = 1 - evidence.Values["crash"];
        var late = 100 * RequestCourse.Late(Foreseen(evidence.Arm(Stopped), evidence.Values)).Average();
        foreach (var lane in Lane.Both)
        {
            claims.Between($"{Stopped}, lane {lane}: workers left, percent", 100 * evidence.Mean(Stopped, lane, Measure.WorkersLeft), 0, 25, 0);
            claims.Between($"{Stopped}, lane {lane}: success at the end, percent", 100 * evidence.Mean(Stopped, lane, Measure.LateSuccess), 0, 75, late);
            foreach (var arm in (string[])[Restarted, Backoff])
            {
                claims.Between($"{arm}, lane {lane}: workers left, percent", 100 * evidence.Mean(arm, lane, Measure.WorkersLeft), 100, 100, 100);
                claims.Between($"{arm}, lane {lane}: success, percent", 100 * evidence.Mean(arm, lane, Measure.Success), 100 * healthy - 3, 100 * healthy + 3, 100 * healthy);
            }
        }
        var (stopped, restarted) = (100 * evidence.Mean(Stopped, Measure.LateSuccess), 100 * evidence.Mean(Restarted, Measure.LateSuccess));
        return new(
            $"The default stops them one by one: {stopped:0} % succeed at the end, {restarted:0} % with an explicit restart",
            claims.All,
            [
                Judged("supervision", restarted - stopped),
                Judged("restart backoff", 100 * (evidence.Mean(Backoff, Measure.LateSuccess) - evidence.Mean(Restarted, Measure.LateSuccess))),
            ],
            [Charts.Curves(evidence, "crash-loop", $"A pool that silently shrinks: {stopped:0} % at the end", Lane.Actor,
                [(Stopped, "stopped"), (Restarted, "restarted"), (Backoff, "after a pause")], inSeconds: true,
                predicted: arm => Prediction.Formula(Foreseen(arm, evidence.Values), arm.Name == Stopped ? "chain of the workers that are left" : "1 - crash"))]);
    }

    static double[] Foreseen(Arm arm, Values values) => Theory.CrashLoop.Success(values.Whole("workers"), values["crash"],
        arm.Name == Stopped ? values["p"] : 0, values["rate"] * WorkMs / 1_000, arm.Requests, (int)Math.Round(FromS * values["rate"]));

    static Verdict Judged(string policy, double points) =>
        new(policy, points > 5 ? Effect.Helps : points < -5 ? Effect.Harms : Effect.Neutral, points, "points of success at the end");
}
