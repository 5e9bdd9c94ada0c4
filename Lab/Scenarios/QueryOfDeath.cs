using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S8: requests that crash whoever takes them. Here asking again is the fault.</summary>
sealed class QueryOfDeath() : Scenario("query-of-death", "S8")
{
    const string Once = "no retries";
    const string Retried = "2 retries";
    const string NotOnCrash = "2 retries, not of crashes";
    const string Quarantined = "2 retries, quarantine after 1 crash";
    const string Slow = "2 retries, restart backoff";

    public override string Alias => "poison-message";

    public override Explanation Explanation => new(
        Fault: "a share d of the requests crashes any worker that takes them",
        Question: "What do retries do to a request that can never succeed?",
        Theory: "crashes per request d n; mean workers down d n lam R with restart time R",
        Source: "Little's law; query of death: Google SRE book, ch. 22",
        Watch: "restarts per request, and what a restart that takes time does to all other requests",
        NotShown: "how to find such a request: it is found by its id here, in life by its content");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("share", 0.02, 0, 1, "share d of requests that crash their worker"),
        Parameter.Whole("workers", 8, 1, 256, "workers of each pool"),
        Parameter.Number("restart_ms", 1_000, 0, 60_000, "restart time R of the arm with a restart backoff"),
        Parameter.Number("rate", 100, 1, 1_000, "requests per second in each lane"),
        Parameter.Number("seconds", 12, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var once = new Arm(Once)
        {
            Knobs = Setting.Plain(values.Whole("workers"), workMs: 20),
            Faults = [Setting.Fault("query_of_death", ("share", values["share"]))],
            Rate = values["rate"],
            Seconds = values["seconds"],
        };
        var retried = once.With(Retried, Setting.Retries(2));
        return
        [
            once, retried, retried.With(NotOnCrash, ("RETRY_ON_CRASH", false)), retried.With(Quarantined, ("QUARANTINE_AFTER", 1)),
            retried.With(Slow, ("RESTART_BACKOFF_MS", values["restart_ms"])),
        ];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["retries"] = Effect.Harms,
        ["not retrying crashes"] = Effect.Helps,
        ["quarantine"] = Effect.Helps,
        ["restart backoff"] = Effect.Neutral,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        var share = evidence.Values["share"];
        foreach (var arm in evidence.Arms)
        {
            foreach (var lane in arm.Lanes)
            {
                claims.Model(arm.Name, lane, Measure.Success, "success (percent)", slack: arm.Name == Slow ? 0.03 : 0);
                if (arm.Name != Slow)
                    claims.Model(arm.Name, lane, Measure.Restarts, "restarts", scale: 1, theory: Crashes(arm));
            }
        }
        var (once, retried) = (evidence.Mean(Once, Measure.Restarts), evidence.Mean(Retried, Measure.Restarts));
        return new(
            $"Retries save none of them and crash {retried / Math.Max(1, once):0.0} times as many workers",
            claims.All,
            [
                claims.Verdict("retries", Once, Retried, Measure.Restarts, 1, "restarts", moreIsBetter: false, least: 1),
                claims.Verdict("not retrying crashes", Retried, NotOnCrash, Measure.Restarts, 1, "restarts", moreIsBetter: false, least: 1),
                claims.Verdict("quarantine", Retried, Quarantined, Measure.Restarts, 1, "restarts", moreIsBetter: false, least: 1),
                claims.Verdict("restart backoff", Retried, Slow),
            ],
            [Charts.Rows(evidence, "query-of-death", $"Retries multiply the crashes: {once:0} become {retried:0}", Measure.Restarts, "restarts of workers", scale: 1, max: null,
                predicted: arm => arm.Name == Slow ? null : Prediction.Formula(Crashes(arm), "requests x share x attempts that crash"))]);

        double Crashes(Arm arm) => arm.Requests * share * (arm.Name == Retried ? 3 : 1);
    }
}
