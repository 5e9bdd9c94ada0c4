using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S15: retries at the client and at the gateway multiply.</summary>
sealed class RetryCascade() : Scenario("retry-cascade", "S15")
{
    const string None = "no retries";
    const string Gateway = "gateway retries";
    const string Client = "client retries";
    const string Both = "client and gateway retry";

    public override bool IsQuick => true;

    public override Explanation Explanation => new(
        Fault: "all work fails at once, for the whole run",
        Question: "What does ServiceB get to do when two layers retry?",
        Theory: "n^depth attempts per request for n attempts at each of depth layers",
        Source: "Google SRE book, ch. 22; AWS Builders' Library, Timeouts, retries and backoff with jitter",
        Watch: "attempts per request; nobody has got an answer for them",
        NotShown: "partial failure, where the product is smaller");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Whole("retries", 2, 0, 5, "retries at each layer"),
        Parameter.Number("rate", 30, 0.1, 200, "requests per second in each lane"),
        Parameter.Number("seconds", 6, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var retries = values.Whole("retries");
        var none = new Arm(None)
        {
            Knobs = Setting.Plain(workers: 64, workMs: 1),
            Faults = [Setting.Fault("outage", ("fast", true))],
            Rate = values["rate"],
            Seconds = values["seconds"],
            IsUnmodelled = true,
        };
        var gateway = none.With(Gateway, Setting.Retries(retries));
        return
        [
            none,
            gateway,
            none with
            {
                Name = Client,
                ClientRetries = retries,
            },
            gateway with
            {
                Name = Both,
                ClientRetries = retries,
            },
        ];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["retries"] = Effect.Harms,
        ["retries at two layers"] = Effect.Harms,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        var attempts = 1 + evidence.Values.Whole("retries");
        foreach (var arm in evidence.Arms)
        {
            foreach (var lane in arm.Lanes)
                claims.Near($"{arm.Name}, lane {lane}: attempts per request", evidence.Mean(arm.Name, lane, Measure.Attempts), Expected(arm.Name), 0.001);
        }
        var both = evidence.Mean(Both, Measure.Attempts);
        return new(
            $"{attempts} attempts at each of two layers are {both:0.#} attempts for one request",
            claims.All,
            [
                claims.Verdict("retries", None, Gateway, Measure.Attempts, 1, "attempts per request", moreIsBetter: false),
                claims.Verdict("retries at two layers", Gateway, Both, Measure.Attempts, 1, "attempts per request", moreIsBetter: false),
            ],
            [Charts.Rows(evidence, "retry-cascade", $"Two layers that retry: {both:0.#} attempts for one request", Measure.Attempts, "attempts per request", scale: 1, max: null,
                predicted: arm => Prediction.Formula(Expected(arm.Name), "n^depth"))]);

        double Expected(string arm) => Theory.RetryCascade.Attempts(attempts, arm switch
        {
            None => 0,
            Both => 2,
            _ => 1,
        });
    }
}
