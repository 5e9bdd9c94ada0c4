using TinyResilient.Lab.Results;

namespace Specs.Lab.Reports;

/// <summary>A made-up run of three scenarios: one good, one broken, one with hostile names. Its numbers mean nothing.</summary>
static class Runs
{
    public static RunResult Result { get; } = new(RunResult.PresentFormat, "./tiny run corrupt errors --seeds 2",
        new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), new Dictionary<string, double> { ["corrupt"] = 80.25, ["errors"] = 20, ["../<b>evil</b>"] = 1 },
        new("0.1.0", null, "Debian GNU/Linux 13", ".NET 10.0.1", 2, "own processes"), Clock.Real, [1, 2], Interrupted: true, ["burst", "hang"],
        [
            new("corrupt", "S7", "Retries hid it, then killed it sooner. Restart cured it.",
                new Dictionary<string, string> { ["q"] = "0.01", ["workers"] = "8" },
                new Dictionary<string, double> { ["actor"] = 391.5 },
                [
                    new("no retries, not restarted", "MAX_RETRIES=0 ACTOR_SUPERVISION=resume; corrupt q=0.01; 100/s for 20 s",
                        [Run("actor", 1, 0.2854, 0.7146), Run("actor", 2, 0.31, 0.69), Run("http", 1, 0.28, 0.72, latenessMs: 37.25), Run("http", 2, 0.3, 0.7, pauseMs: 3210)]),
                    new("retries, restarted", "MAX_RETRIES=2 ACTOR_SUPERVISION=restart; corrupt q=0.01; 100/s for 20 s",
                        [Run("actor", 1, 1, 0), Run("actor", 2, 0.99995, 0.00005)]),
                ],
                [
                    new("no retries, not restarted, lane actor: success (percent)", 29.77, 28.7, 21.2, 36.1, Judgement.Holds),
                    new("retries, restarted: succeeded", 99.9975, 99.9999, 99.9, null, Judgement.Fails),
                    new("the lanes agree | null claim", 0.0001, null, null, 1, Judgement.TooShort, Seeds: 32),
                ],
                [
                    new("retries", Effect.Harms, -6.8, "points of success"), new("supervision", Effect.Helps, 90.8, "points of success"),
                ],
                [Slides.CorruptSquare, Slides.CorruptCurves], []),
            new("errors", "S1", "97.3 % succeed, as theory says", new Dictionary<string, string>(), new Dictionary<string, double>(),
                [new("as it is", "FAILURE_RATE=0.3", [Run("actor", 1, 0.973, 0.027) with { Unbalanced = "sent 2000, ended 1999" }])],
                [], [new("retries", Effect.Neutral, 0.4, "points of success")], [Slides.CorruptRows],
                ["as it is, lane actor, seed 1: this machine was the bottleneck"]),
            new("../<b>evil</b>", "S0", "</script><script>alert(1)</script>", new Dictionary<string, string> { ["a|b"] = "*c* `d`" },
                new Dictionary<string, double>(),
                [new("=cmd, \"quoted\"", "<img src=x onerror=alert(1)>", [Run("actor", 1, double.NaN, 0)])],
                [new("<i>claim</i>", double.NaN, null, null, null, Judgement.Holds)],
                [new("<u>policy</u>", Effect.Helps, 1, "points")], [Slides.CorruptCurves with { Name = "../../etc/passwd" }], []),
        ]);

    static LaneRun Run(string lane, long seed, double success, double failed, double pauseMs = 40, double latenessMs = 1.5) => new(lane, seed,
        new Dictionary<string, double>
        {
            [Measure.Success] = success,
            [Measure.Failed] = failed,
            [Measure.Refused] = 0,
            [Measure.TimedOut] = 0,
            [Measure.Unanswered] = 0,
            [Measure.Lost] = 0.00002,
            [Measure.Wasted] = 0.0125,
            [Measure.P99] = 61.25,
            [Measure.Pause] = pauseMs,
            [Measure.Lateness] = latenessMs,
        },
        [1, 0.5, 0.25], "0123456789abcdef", null);
}
