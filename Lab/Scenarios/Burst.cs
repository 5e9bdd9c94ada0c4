using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S3: errors that come in bursts. What a retry is worth depends on when it comes.</summary>
sealed class Burst() : Scenario("burst", "S3")
{
    const string None = "no retries";
    const string Immediate = "2 retries at once";
    const string Patient = "2 retries, after a pause";
    const double Good = 0.01;
    const double Bad = 0.9;

    public override Explanation Explanation => new(
        Fault: $"ServiceB goes through good times (errors {Good}) and bad ones (errors {Bad}), of random length",
        Question: "Is a retry worth what theory of independent errors says?",
        Theory: "P(bad at t + d given bad at t) = p + (1 - p) e^(-d (1/B + 1/G)), p = B/(B + G), bursts of mean B, gaps of mean G",
        Source: "two-state Markov chain (Gilbert, Capacity of a burst-noise channel, 1960)",
        Watch: "retries at once meet the same burst; a pause longer than B gets out of it, and costs that pause",
        NotShown: "that long pauses are good: the caller waits them out");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("burst", 0.2, 0.01, 60, "mean length of a burst B, seconds"),
        Parameter.Number("gap", 0.8, 0.01, 600, "mean gap between bursts G, seconds"),
        Parameter.Number("pause", 0.6, 0, 10, "pause before each retry of the patient arm, seconds"),
        Parameter.Number("rate", 100, 1, 1_000, "requests per second in each lane"),
        Parameter.Number("seconds", 20, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var none = new Arm(None)
        {
            Knobs = Setting.Plain(workers: 256, workMs: 0),
            Faults =
            [
                Setting.Fault("burst", ("good", Good), ("bad", Bad), ("mean_s", values["burst"]), ("gap_s", values["gap"])),
            ],
            Rate = values["rate"],
            Seconds = values["seconds"],
        };
        var retries = Setting.Retries(2);
        return
        [
            none,
            none.With(Immediate, retries),
            none.With(Patient, retries, ("BACKOFF_BASE_MS", 1_000 * values["pause"]), ("BACKOFF_MAX_MS", 1_000 * values["pause"]), ("JITTER", "none")),
        ];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["retries"] = Effect.Helps,
        ["backoff"] = Effect.Helps,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        var chain = new Theory.Burst(Good, Bad, evidence.Values["burst"], evidence.Values["gap"]);
        var flat = chain.IndependentSuccess(3);
        foreach (var arm in evidence.Arms)
        {
            foreach (var lane in arm.Lanes)
                claims.Model(arm.Name, lane, Measure.Success, "success (percent)", rival: arm.Name == Immediate ? flat : null);
            claims.LanesAgree(arm.Name, slack: 0.01);
        }
        var (none, immediate, patient) = (At(None), At(Immediate), At(Patient));
        return new(
            $"Retries at once meet the same burst: {none:0.0} % becomes {immediate:0.0} %, after a pause {patient:0.0} %; independent errors promise {100 * flat:0.0} %",
            claims.All,
            [
                claims.Verdict("retries", None, Immediate),
                claims.Verdict("backoff", Immediate, Patient),
            ],
            [Charts.Rows(evidence, "burst", $"In bursts a retry at once is worth {immediate - none:0.0} points, not {100 * flat - none:0.0}", Measure.Success, "success, %",
                predicted: arm => Prediction.Formula(chain.Success(Pauses(arm)), "chain of good and bad times, in the long run"))]);

        double At(string arm) => 100 * evidence.Mean(arm, Measure.Success);
        double[] Pauses(Arm arm) => arm.Name switch
        {
            None => [],
            Immediate => [0, 0],
            _ => [evidence.Values["pause"], evidence.Values["pause"]],
        };
    }
}
