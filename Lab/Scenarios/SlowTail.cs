using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S4: a heavy tail of latency. Timeouts lose it, hedges cut it, near saturation hedges feed it.</summary>
sealed class SlowTail() : Scenario("slow-tail", "S4")
{
    const string None = "no policy";
    const string Cut = "timeout at p95";
    const string Hedged = "hedge at p95";
    const string Tight = "near saturation, no policy";
    const string TightHedged = "near saturation, hedge at p50";

    public override Explanation Explanation => new(
        Fault: "latency is lognormal: the median is short, the tail is long",
        Question: "What cuts the tail, and what does it cost?",
        Theory: "a timeout at quantile p loses 1 - p; a hedge after d: P(L > t) = S(t) S(t - d) for t > d, extra load S(d)",
        Source: "Dean and Barroso, The Tail at Scale, CACM 2013",
        Watch: "p99 of the hedged arm, and the work done per request beside it",
        NotShown: "hedging of work that must not be done twice");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("median_ms", 20, 1, 10_000, "median of the latency"),
        Parameter.Number("sigma", 1, 0.01, 3, "standard deviation of its logarithm"),
        Parameter.Number("rate", 100, 1, 1_000, "requests per second in each lane"),
        Parameter.Number("seconds", 12, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var none = new Arm(None)
        {
            Knobs = Setting.Plain(workers: 256, workMs: 0),
            Faults =
            [
                Setting.Fault("slow", ("probability", 1), ("distribution", "lognormal"), ("median_ms", values["median_ms"]), ("sigma", values["sigma"])),
            ],
            Rate = values["rate"],
            Seconds = values["seconds"],
            Arrivals = LoadTest.Arrivals.Poisson,
        }.With(None, ("REQUEST_TIMEOUT_S", 10.0));
        var p95 = Math.Round(new Theory.SlowTail(values["median_ms"] / 1_000, values["sigma"]).Quantile(0.95), 4);
        // Enough for the load itself, and not for the load with hedges.
        var meanMs = values["median_ms"] * Math.Exp(values["sigma"] * values["sigma"] / 2);
        var few = (int)Math.Ceiling(values["rate"] * meanMs / 1_000 / 0.8);
        var tight = none.With(Tight, ("WORKERS", few), ("QUEUE_LIMIT", 100_000));
        return
        [
            none,
            none.With(Cut, ("REQUEST_TIMEOUT_S", p95)),
            none.With(Hedged, ("HEDGE_AFTER_MS", 1_000 * p95)),
            tight,
            tight.With(TightHedged, ("HEDGE_AFTER_MS", values["median_ms"])),
        ];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["hedging"] = Effect.Helps,
        ["hedging near saturation"] = Effect.Harms,
        ["timeout"] = Effect.Harms,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        foreach (var lane in Lane.Both)
        {
            claims.Model(None, lane, Measure.Success, "success (percent)");
            // What A and B add to a latency of a few milliseconds loses a little more than the quantile says.
            claims.Model(Cut, lane, Measure.Success, "success (percent)", theory: 0.95, rival: 1, slack: 0.015);
            claims.Model(Hedged, lane, Measure.Attempts, "attempts per 100 requests", theory: 1.05, rival: 1, slack: 0.015);
            claims.Model(Hedged, lane, Measure.P99, "p99, ms", scale: 1, slack: 15);
            claims.Between($"{Hedged}, lane {lane}: p99 as a share of p99 without", Ratio(Hedged, None, lane), null, 0.75);
            claims.Between($"{TightHedged}, lane {lane}: p95 as a multiple of p95 without", RatioP95(TightHedged, Tight, lane), 1.1, null);
        }
        var (none, hedged) = (evidence.Mean(None, Measure.P99), evidence.Mean(Hedged, Measure.P99));
        var extra = 100 * (evidence.Mean(Hedged, Measure.Attempts) - 1);
        return new(
            $"Hedging at p95 cuts p99 from {none:0} to {hedged:0} ms for {extra:0.0} % more work; near saturation it makes it worse",
            claims.All,
            [
                claims.Verdict("hedging", None, Hedged, Measure.P99, 1, "ms at p99", moreIsBetter: false, least: 5),
                claims.Verdict("hedging near saturation", Tight, TightHedged, Measure.P95, 1, "ms at p95", moreIsBetter: false, least: 5),
                claims.Verdict("timeout", None, Cut),
            ],
            [Charts.Rows(evidence, "slow-tail", $"A hedge at p95 takes p99 from {none:0} to {hedged:0} ms, for {extra:0.0} % more work", Measure.P99, "p99, ms", scale: 1, max: null) with
            {
                LogX = true, // near saturation it is ten times as long
            }]);

        double Ratio(string arm, string to, string lane) => evidence.Mean(arm, lane, Measure.P99) / evidence.Mean(to, lane, Measure.P99);
        double RatioP95(string arm, string to, string lane) => evidence.Mean(arm, lane, Measure.P95) / evidence.Mean(to, lane, Measure.P95);
    }
}
