using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S1: independent errors. The one fault for which retries are made.</summary>
sealed class Errors() : Scenario("errors", "S1")
{
    const string None = "no retries";
    const string Resumed = "no retries, not restarted";

    public override bool IsQuick => true;

    public override Explanation Explanation => new(
        Fault: "every attempt fails with probability f, independently of all others",
        Question: "How much do retries hide, and what do they cost?",
        Theory: "success 1 - f^n, attempts per request (1 - f^n)/(1 - f), with n = retries + 1",
        Source: "geometric series; AWS Builders' Library, Timeouts, retries and backoff with jitter",
        Watch: "success rises with each retry, and so does the work that ServiceB does; supervision changes nothing",
        NotShown: "that retries help where failures are not independent: see burst, corrupt and metastable");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("f", 0.3, 0, 1, "probability that an attempt fails"),
        Parameter.Whole("retries", 2, 0, 10, "retries of the arm with retries"),
        Parameter.Number("rate", 200, 1, 2_000, "requests per second in each lane"),
        Parameter.Number("seconds", 10, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var plain = new Arm(None)
        {
            Knobs = Setting.Plain(workers: 64, workMs: 10),
            Faults = [Setting.Fault("error", ("probability", values["f"]))],
            Rate = values["rate"],
            Seconds = values["seconds"],
        };
        var retries = values.Whole("retries");
        return
        [
            plain,
            plain.With(Resumed, Setting.Supervision("resume")),
            .. Enumerable.Range(1, retries).Select(retry => plain.With(Label(retry), Setting.Retries(retry))),
            .. Fairness.Arms(plain),
        ];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["retries"] = Effect.Helps,
        ["supervision"] = Effect.Neutral,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        var f = evidence.Values["f"];
        var equal = evidence.Arms.Where(arm => arm.IsEqual).ToList();
        foreach (var arm in equal)
        {
            var attempts = AttemptsOf(arm);
            foreach (var lane in arm.Lanes)
            {
                claims.Share(arm.Name, lane, Measure.Success, Theory.Errors.Success(f, attempts), "success");
                claims.Model(arm.Name, lane, Measure.Attempts, "attempts per request", scale: 1, theory: Theory.Errors.AttemptsPerRequest(f, attempts));
            }
            claims.LanesAreIdentical(arm.Name);
        }
        var most = equal[^1].Name;
        return new(
            $"{equal.Count - 2} retries turn {100 * evidence.Mean(None, Measure.Success):0.0} % into "
                + $"{100 * evidence.Mean(most, Measure.Success):0.0} %, for {evidence.Mean(most, Measure.Attempts):0.00} attempts each",
            claims.All,
            [claims.Verdict("retries", None, most), claims.Verdict("supervision", Resumed, None)],
            [
                Charts.Rows(evidence, "errors", $"Retries hide independent errors: {100 * evidence.Mean(most, Measure.Success):0.0} % succeed",
                    Measure.Success, "success, %", predicted: arm => arm.IsEqual ? Prediction.Formula(Theory.Errors.Success(f, AttemptsOf(arm)), "1 - f^n, n attempts") : null),
            ]);
    }

    static string Label(int retries) => retries == 1 ? "1 retry" : $"{retries} retries";

    static int AttemptsOf(Arm arm) => 1 + Convert.ToInt32(arm.Knobs["MAX_RETRIES"]);
}
