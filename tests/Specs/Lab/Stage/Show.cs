using TinyResilient.Lab.Results;
using TinyResilient.Lab.Stage;

namespace Specs.Lab.Stage;

/// <summary>A stage that shows what a spec sets.</summary>
sealed class Show : IShow
{
    static readonly Dictionary<string, long> books = new() { ["sent"] = 7, ["succeeded"] = 6 };
    static readonly LaneNow lane = new(
        new("open", 3_200, 1), 97.2, 200, 278, 1.39, 20, 1.2, null, LatencySource.Load, 3, books, books, books, books,
        new(0, 64), [new("failing", 4), new("idle", 0)]);
    static readonly LaneSecond second = new(50, 49, 1, 0, 0, 60, 1.5, 2.5, "closed");

    public static readonly Origin Origin = new("0.1.0", "abc", "Linux", ".NET 10", 2, "running services");

    public static readonly FinishedArm Arm = new(
        "corrupt", "retries, restarted", "actor", "retries, restarted", [[0, 100], [1, 99.5]], [[0, 99.9]], 99.75, 200, 1, "./tiny run corrupt");

    public Frame Frame { get; set; } = At(1_000);

    public History History { get; set; } = new([], [], [], []);

    public Setup Setup { get; } = new("0.1.0", "abc", [], [], [], false, "it is a spec", "./tiny", new("http://localhost:1", "http://localhost:2"));

    public static Frame At(long nowMs) => new()
    {
        NowMs = nowMs,
        Contact = new(ContactState.Up, ContactState.Lost, "lost contact with ServiceB", 900),
        Lanes = new(lane, lane with { SuccessPercent = null }),
        Load = new(true, 50, ["actor", "http"], 0.4, 0, 0),
        Knobs = new Dictionary<string, KnobNow> { ["MAX_RETRIES"] = new(2, 2), ["JITTER"] = new("equal", "full") },
        Faults = SetNowSpecs.Faults("""[{"kind":"corrupt","probability":0.01}]"""),
        Act = new("corrupt", "retries, restarted", 1, 4, 3.2, 20, null),
        Prediction = new("model, mean of 33 runs", nowMs - 100, 1, [100, 99.5], null),
        PredictionAbsent = "lane http: workers are sick already",
        Seconds = [Second(nowMs / 1_000 * 1_000 - 1_000)],
    };

    public static Second Second(long tMs) => new(tMs, second, second with { P50Ms = null }, 50);

    public static StageEvent Event(long seq) => new(seq, 1_000 * seq, EventKind.Restart, "actor", $"event {seq}");
}
