using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S13: the work is done, the answer is lost. Retries do it again.</summary>
sealed class AckLost() : Scenario("ack-lost", "S13")
{
    const string Once = "no retries";
    const string Retried = "2 retries";
    const string Idempotent = "2 retries, idempotent";
    const string Resumed = "2 retries, not restarted";

    public override bool IsQuick => true;

    public override Explanation Explanation => new(
        Fault: "with probability a the work is done, but its answer is lost",
        Question: "How often is it done twice?",
        Theory: "superfluous copies per success: a (1 - a^(n-1))/((1 - a)(1 - a^n)) for n attempts; a = 0.1, n = 3 gives 0.110. A share a of the requests is done twice or more",
        Source: "geometric series; idempotency keys: AWS Builders' Library, Making retries safe with idempotent APIs",
        Watch: "effects in the ledger of ServiceB: unique and done twice",
        NotShown: "at-least-once with side effects elsewhere: the key has to go all the way");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("a", 0.1, 0, 0.9, "probability that an answer is lost"),
        Parameter.Number("rate", 100, 1, 1_000, "requests per second in each lane"),
        Parameter.Number("seconds", 10, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var once = new Arm(Once)
        {
            Knobs = Setting.Plain(workers: 64, workMs: 10),
            Faults = [Setting.Fault("ack_lost", ("probability", values["a"]))],
            Rate = values["rate"],
            Seconds = values["seconds"],
        }.With(Once, ("REQUEST_TIMEOUT_S", 0.6));
        var retried = once.With(Retried, Setting.Retries(2));
        return [once, retried, retried.With(Resumed, Setting.Supervision("resume")), retried.With(Idempotent, ("IDEMPOTENCY", true))];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["retries"] = Effect.Harms,
        ["idempotency"] = Effect.Helps,
        ["supervision"] = Effect.Neutral,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        var a = evidence.Values["a"];
        foreach (var arm in evidence.Arms)
        {
            foreach (var lane in arm.Lanes)
            {
                claims.Share(arm.Name, lane, Measure.Success, Theory.Errors.Success(a, 1 + Convert.ToInt32(arm.Knobs["MAX_RETRIES"])), "success");
                if (arm.Name is Idempotent or Once)
                    claims.Between($"{arm.Name}, lane {lane}: done twice", evidence.Mean(arm.Name, lane, Measure.Twice), 0, 0, 0);
                else
                    claims.Model(arm.Name, lane, Measure.Twice, "done again, per 100 requests", rival: 0);
            }
            claims.LanesAreIdentical(arm.Name);
        }
        var twice = 10_000 * evidence.Mean(Retried, Measure.Twice);
        return new(
            $"Retries do it again {twice:N0} times in 10,000 requests; an idempotency key {10_000 * evidence.Mean(Idempotent, Measure.Twice):0} times",
            claims.All,
            [
                claims.Verdict("retries", Once, Retried, Measure.Twice, 10_000, "done twice per 10,000", moreIsBetter: false, least: 0.0005),
                claims.Verdict("idempotency", Retried, Idempotent, Measure.Twice, 10_000, "done twice per 10,000", moreIsBetter: false, least: 0.0005),
                claims.Verdict("supervision", Resumed, Retried, Measure.Twice, 10_000, "done twice per 10,000", moreIsBetter: false, least: 0.0005),
            ],
            [Charts.Rows(evidence, "ack-lost", $"Retries do {twice:N0} of 10,000 again; a key ends that", Measure.Twice, "done again, per 100 requests", max: null,
                predicted: arm => arm.Name == Idempotent ? Prediction.Formula(0.0, "a key: never")
                    : Prediction.Formula(Theory.AckLost.DuplicatesPerRequest(a, 1 + Convert.ToInt32(arm.Knobs["MAX_RETRIES"])), "a (1 - a^(n-1))/(1 - a), n attempts"))]);
    }
}
