using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S16: a worker that gets well only when it is left alone.</summary>
sealed class NeedsRest() : Scenario("needs-rest", "S16")
{
    const string None = "no policy";
    const string Retried = "2 retries";
    const string Breaker = "breaker, cool-down longer than T";
    const string Restarted = "restarted";

    public override Explanation Explanation => new(
        Fault: "the only worker falls sick with probability q, and is well again once nobody has asked it for T s",
        Question: "What if asking is what keeps it sick?",
        Theory: "expected wait for a gap of T in Poisson arrivals of rate lam: (e^(lam T) - 1)/lam s",
        Source: "patterns in Poisson processes (Feller I, XIII); cool-down of circuit breakers: Nygard, Release It!, 2007",
        Watch: "retries never leave it alone; a breaker does, a restart needs no rest",
        NotShown: "pools with more than one worker, where the others carry the load");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("q", 0.02, 0, 1, "probability that a request makes the worker sick"),
        Parameter.Number("rest", 0.2, 0.01, 60, "seconds T that it must be left alone"),
        Parameter.Number("rate", 20, 0.1, 200, "requests per second in each lane"),
        Parameter.Number("seconds", 25, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var none = new Arm(None)
        {
            Knobs = Setting.Plain(workers: 1, workMs: 2),
            Faults = [Setting.Fault("needs_rest", ("probability", values["q"]), ("idle_s", values["rest"]))],
            Rate = values["rate"],
            Seconds = values["seconds"],
            Arrivals = LoadTest.Arrivals.Poisson,
        }.With(None, Setting.Supervision("resume"));
        return
        [
            none,
            none.With(Retried, Setting.Retries(2)),
            none.With(Breaker, ("FAILURE_THRESHOLD", 2), ("COOL_DOWN_SECONDS", Math.Max(0.5, 1.25 * values["rest"]))),
            none.With(Restarted, Setting.Supervision("restart")),
        ];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["retries"] = Effect.Neutral,
        ["breaker"] = Effect.Helps,
        ["supervision"] = Effect.Helps,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        foreach (var arm in evidence.Arms)
        {
            foreach (var lane in arm.Lanes)
                claims.Model(arm.Name, lane, Measure.Success, "success (percent)", slack: 0.02);
        }
        var (none, breaker, restarted) = (At(None), At(Breaker), At(Restarted));
        return new(
            $"Left alone it heals: {none:0} % without policy, {breaker:0} % with a breaker, {restarted:0} % with a restart",
            claims.All,
            [
                claims.Verdict("retries", None, Retried, least: 0.05),
                claims.Verdict("breaker", None, Breaker),
                claims.Verdict("supervision", None, Restarted),
            ],
            [Charts.Rows(evidence, "needs-rest", $"A breaker gives it the rest that it needs: {breaker:0} % instead of {none:0} %", Measure.Success, "success, %")]);

        double At(string arm) => 100 * evidence.Mean(arm, Measure.Success);
    }
}
