using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S5: a worker that never answers. There is no exception, so that nobody restarts it.</summary>
sealed class Hang() : Scenario("hang", "S5")
{
    const string Alone = "supervision alone";
    const string Retried = "supervision, 2 retries";
    const string Watched = "watchdog";
    const string Both = "watchdog, 2 retries";

    public override Explanation Explanation => new(
        Fault: "with probability h a worker that takes a request never ends it",
        Question: "Who frees a worker that hangs?",
        Theory: "each request that finds an idle worker hangs it with probability h: the pool dies at the constant rate lam h, half of it after W/(2 lam h) s. "
            + "W ln 2/(lam h) would hold if work were also dealt to workers that hang already",
        Source: "pure death process; timeouts and watchdogs: Google SRE book, ch. 22",
        Watch: "the grid of workers fills with hung ones, although every one of them is supervised",
        NotShown: "work that is only slow: a watchdog kills that as well");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("h", 0.01, 0, 1, "probability that a request hangs its worker"),
        Parameter.Whole("workers", 16, 1, 256, "workers of each pool"),
        Parameter.Number("watchdog_ms", 200, 50, 60_000, "when the watchdog replaces a worker"),
        Parameter.Number("rate", 100, 1, 1_000, "requests per second in each lane"),
        Parameter.Number("seconds", 20, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var alone = new Arm(Alone)
        {
            Knobs = Setting.Plain(values.Whole("workers"), workMs: 20),
            Faults = [Setting.Fault("hang", ("probability", values["h"]))],
            Rate = values["rate"],
            Seconds = values["seconds"],
        }.With(Alone, ("REQUEST_TIMEOUT_S", 0.5));
        var watched = alone.With(Watched, ("HANG_AFTER_MS", values["watchdog_ms"]));
        return [alone, alone.With(Retried, Setting.Retries(2)), watched, watched.With(Both, Setting.Retries(2)), .. Fairness.Arms(alone)];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["watchdog"] = Effect.Helps,
        ["retries"] = Effect.Neutral,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        foreach (var arm in evidence.Arms.Where(arm => arm.IsEqual))
        {
            foreach (var lane in arm.Lanes)
                claims.Model(arm.Name, lane, Measure.Success, "success (percent)", slack: arm.Name is Watched or Both ? 0.002 : 0.02);
            claims.LanesAgree(arm.Name, slack: 0.02);
        }
        var (alone, watched) = (100 * evidence.Mean(Alone, Measure.LateSuccess), 100 * evidence.Mean(Watched, Measure.LateSuccess));
        return new(
            $"No exception, no restart: supervision alone ends at {alone:0} %, with a watchdog at {watched:0.0} %",
            claims.All,
            [
                claims.Verdict("watchdog", Alone, Watched, Measure.LateSuccess),
                claims.Verdict("retries", Alone, Retried, Measure.LateSuccess),
            ],
            [Charts.Curves(evidence, "hang", $"Hung workers throw nothing: {alone:0} % without a watchdog, {watched:0.0} % with one", Lane.Actor,
                [(Alone, "supervision"), (Retried, "with retries"), (Watched, "watchdog"), (Both, "both")], inSeconds: true)]);
    }
}
