using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S9: a short stall under load, and retries that keep the system down after it has ended.</summary>
sealed class Metastable() : Scenario("metastable", "S9")
{
    /// <summary>The published example has a capacity of 300/s; loads are given in its units, and scaled to the measured capacity.</summary>
    const double PublishedCapacity = 300;

    const string Below = "140/s, 1 retry";
    const string Above = "160/s, 1 retry";
    public const string High = "280/s, no retries";
    const string HighRetried = "280/s, 1 retry";
    const string OfRequests = "280/s, budget 10 % of requests";
    const string OfSuccesses = "280/s, budget 10 % of successes";
    const string Bounded = "280/s, queue bounded at 2/3 of mu TO";
    const string BoundedTooFar = "280/s, queue bounded at 4/3 of mu TO";
    const string Expired = "280/s, expired work dropped";
    const string Margin = "280/s, dropped 1.5 service times early";

    public override bool RunsAlone => true;

    public override Explanation Explanation => new(
        Fault: "for D seconds no worker starts or finishes anything; then all is well again",
        Question: "Does it recover once the cause is gone?",
        Theory: "with n attempts, load lam and capacity mu: stable if n lam < mu; if lam < mu < n lam it stays down after a trigger. "
            + "Recovery takes about (backlog - mu TO)/(mu - n lam) s. A budget of r requests needs (1 + r) lam < mu; a queue bound K < mu (TO - s)",
        Source: "Bronson et al., Metastable Failures in Distributed Systems, HotOS'21 (mu 300/s: threshold 150/s with one retry)",
        Watch: "after the stall workers are busy all the time, and nobody gets an answer in time: work done, goodput zero",
        NotShown: "what a real trigger is; any stall, restart or spike longer than the timeout will do");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Whole("workers", 6, 1, 64, "workers of each pool"),
        Parameter.Number("work_ms", 20, 1, 1_000, "time that one piece of work takes"),
        Parameter.Number("timeout", 0.5, 0.05, 10, "attempt timeout TO, seconds"),
        Parameter.Number("stall", 1.5, 0, 60, "length of the stall D, seconds"),
        Parameter.Number("seconds", 30, 3, 600, "length of an arm"),
        Parameter.Budget("budget", "successes:0.1", "retry budget of the arm with a budget on successes"),
    ];

    public override Arm Capacity(Values values) => Plain("capacity", values, 1) with
    {
        Faults = [],
        Seconds = 4,
    };

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var capacity = values.CapacityPerS.Count == 0 ? NominalCapacity(values) : values.CapacityPerS.Values.Min();
        Arm At(string name, double load, int retries, params (string, object)[] knobs) =>
            Plain(name, values, load * capacity / PublishedCapacity).With(name, [Setting.Retries(retries), .. knobs]) with
            {
                CapacityPerS = capacity,
            };
        var bound = capacity * values["timeout"];
        return
        [
            At(Below, 140, 1),
            At(Above, 160, 1),
            At(High, 280, 0),
            At(HighRetried, 280, 1),
            At(OfRequests, 280, 1, ("RETRY_BUDGET", "requests:0.1")),
            At(OfSuccesses, 280, 1, ("RETRY_BUDGET", values.Text("budget"))),
            At(Bounded, 280, 1, ("QUEUE_LIMIT", (int)(bound * 2 / 3))),
            At(BoundedTooFar, 280, 1, ("QUEUE_LIMIT", (int)(bound * 4 / 3))),
            At(Expired, 280, 1, ("DEADLINE_PROPAGATION", true)),
            At(Margin, 280, 1, ("DEADLINE_PROPAGATION", true), ("EXPIRY_MARGIN", 1.5)),
        ];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["retries"] = Effect.Harms,
        ["retry budget of requests"] = Effect.Neutral,
        ["retry budget of successes"] = Effect.Helps,
        ["queue bound"] = Effect.Helps,
        ["dropping expired work"] = Effect.Neutral,
        ["dropping work that will expire"] = Effect.Helps,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        foreach (var arm in evidence.Arms)
        {
            foreach (var lane in arm.Lanes)
            {
                // Up or down at the end: a share in between would be a run that is too short.
                var isUp = evidence.Expected(arm.Name).Of(Measure.LateSuccess).Mean > 0.5;
                var late = 100 * evidence.Mean(arm.Name, lane, Measure.LateSuccess);
                claims.Between($"{arm.Name}, lane {lane}: success at the end, percent ({(isUp ? "recovers" : "stays down")})", late,
                    isUp ? 90 : 0, isUp ? 100 : 30, 100 * evidence.Expected(arm.Name).Of(Measure.LateSuccess).Mean);
            }
        }
        var down = 100 * evidence.Mean(HighRetried, Measure.LateSuccess);
        var up = 100 * evidence.Mean(High, Measure.LateSuccess);
        string[] cures = [OfRequests, OfSuccesses, Bounded, BoundedTooFar, Expired, Margin];
        var title = $"{evidence.Values["stall"]:0.#} s of stall, and one retry keeps it down for good: {down:0} % succeed at the end, without retries {up:0} %";
        return new(title, claims.All,
            [
                claims.Verdict("retries", High, HighRetried, Measure.LateSuccess),
                claims.Verdict("retry budget of requests", HighRetried, OfRequests, Measure.LateSuccess),
                claims.Verdict("retry budget of successes", HighRetried, OfSuccesses, Measure.LateSuccess),
                claims.Verdict("queue bound", HighRetried, Bounded, Measure.LateSuccess),
                claims.Verdict("dropping expired work", HighRetried, Expired, Measure.LateSuccess, least: 0.3),
                claims.Verdict("dropping work that will expire", HighRetried, Margin, Measure.LateSuccess),
            ],
            [
                Curves(evidence, "metastable", title, [(High, "no retries"), (HighRetried, "1 retry"), (OfSuccesses, "budget of successes"), (Margin, "dropped early")]),
                Curves(evidence, "metastable-threshold", "Half of capacity is the threshold: with one retry "
                    + $"140/s {(IsUp(Below) ? "recovers" : "stays down")}, 160/s {(IsUp(Above) ? "recovers" : "never")}",
                    [(Below, "140/s"), (Above, "160/s")]),
                Charts.Rows(evidence, "metastable-policies",
                    $"After the stall {cures.Count(IsUp)} of {cures.Length} policies get 280/s with one retry up again",
                    Measure.LateSuccess, "success at the end, %"),
            ]);

        bool IsUp(string arm) => evidence.Mean(arm, Measure.LateSuccess) > 0.5;
    }

    static Chart Curves(Evidence evidence, string name, string title, IReadOnlyList<(string, string)> arms) =>
        Charts.Curves(evidence, name, title, Lane.Actor, arms, inSeconds: true);

    static Arm Plain(string name, Values values, double rate) => new Arm(name)
    {
        // The queue as good as unbounded, and the callers' deadlines unknown to it.
        Knobs = Setting.Plain(values.Whole("workers"), values["work_ms"], queue: 1_000_000),
        Faults = [Setting.Fault("stall", ("from_s", 3), ("for_s", values["stall"]))],
        Rate = rate,
        Seconds = values["seconds"],
    }.With(name, ("REQUEST_TIMEOUT_S", values["timeout"]), ("DEADLINE_PROPAGATION", false), ("MAX_IN_FLIGHT", 100_000));

    static double NominalCapacity(Values values) => 1_000 * values.Whole("workers") / values["work_ms"];
}
