using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S2: independent errors and a breaker that counts failures in a row. The breaker itself is the outage.</summary>
sealed class BreakerTrap() : Scenario("breaker-trap", "S2")
{
    const string None = "no breaker";
    const string Breaker = "consecutive breaker";
    const string Retried = "consecutive breaker, 2 retries";
    const string Ratio = "ratio breaker";

    public override Explanation Explanation => new(
        Fault: "every attempt fails with probability f, independently of all others; nothing is down",
        Question: "What does a breaker that trips after N failures in a row do to a service that only fails now and then?",
        Theory: "E = (1 - f^N)/((1 - f) f^N) requests to trip; closed for E/lam s, open for (C + 1/lam)/(1 - f) s; "
            + "success (E (1 - f) + 1)/(lam (E/lam + (C + 1/lam)/(1 - f)))",
        Source: "runs of successes (Feller, An Introduction to Probability Theory I, XIII.7); the cycle is ours",
        Watch: "the breaker opens by chance alone, and refuses requests of which 1 - f would have succeeded",
        NotShown: "a dependency that is really down, where refusing at once is what a breaker is for");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("f", 0.3, 0.01, 0.99, "probability that an attempt fails"),
        Parameter.Whole("threshold", 5, 1, 100, "failures in a row that open the breaker, N"),
        Parameter.Number("cool_down", 0.5, 0.5, 60, "seconds for which it refuses, C"),
        Parameter.Number("rate", 400, 1, 2_000, "requests per second in each lane; theory knows only rate x cool_down"),
        Parameter.Number("seconds", 15, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var plain = new Arm(None)
        {
            Knobs = Setting.Plain(workers: 64, workMs: 0),
            Faults = [Setting.Fault("error", ("probability", values["f"]))],
            Rate = values["rate"],
            Seconds = values["seconds"],
        };
        var breaker = plain.With(Breaker, ("FAILURE_THRESHOLD", values.Whole("threshold")), ("COOL_DOWN_SECONDS", values["cool_down"]));
        return
        [
            plain, breaker, breaker.With(Retried, Setting.Retries(2)),
            breaker.With(Ratio, ("HTTP_BREAKER", "ratio")) with
            {
                Lanes = [Lane.Http],
            },
        ];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["breaker"] = Effect.Harms,
        ["ratio breaker"] = Effect.Neutral,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        var (f, n, cool, rate) = (evidence.Values["f"], evidence.Values.Whole("threshold"), evidence.Values["cool_down"], evidence.Values["rate"]);
        var closed = Theory.BreakerTrap.Success(f, 1, n, cool, rate);
        foreach (var lane in Lane.Both)
        {
            claims.Share(None, lane, Measure.Success, 1 - f, "success");
            claims.Model(Breaker, lane, Measure.Success, "success (percent)", theory: closed, rival: 1 - f);
            claims.Model(Retried, lane, Measure.Success, "success (percent)");
        }
        claims.LanesAgree(Breaker);
        claims.Model(Ratio, Lane.Http, Measure.Success, "success (percent)");
        var (without, with) = (100 * evidence.Mean(None, Measure.Success), 100 * evidence.Mean(Breaker, Measure.Success));
        return new(
            $"The breaker alone turns {without:0} % success into {with:0} % (theory {100 * closed:0} % in the long run)",
            claims.All,
            [claims.Verdict("breaker", None, Breaker), claims.Verdict("ratio breaker", None, Ratio, least: 0.05)],
            [Charts.Rows(evidence, "breaker-trap", $"A breaker harms where nothing is down: {without:0} % becomes {with:0} %", Measure.Success, "success, %",
                predicted: arm => arm.Name == None ? Prediction.Formula(1 - f, "1 - f") : null)]);
    }
}
