using TinyResilient.Lab.Results;

namespace Specs.Lab.Reports;

/// <summary>Made-up charts that are hard to draw. Their numbers mean nothing.</summary>
static class Slides
{
    const string Caption = "Made up: seeds 1 to 8, 2,000 requests an arm. tiny run corrupt --seeds 8 --set workers=8 --set q=0.01";
    static readonly string[] lanes = ["actor", "http"];
    static readonly Law formula = new(LawKind.Formula, "an exact chain"), model = new(LawKind.Model, "mean of 200 simulated runs");

    public static Chart CorruptCurves { get; } = new("corrupt-curves", ChartKind.Curves,
        "Retries hid it, then killed it sooner. Restart cured it.", Caption, "request", "success, %",
        [
            Falling("neither", 0, after: 400, steepness: 500),
            Falling("retries", 1, after: 700, steepness: 180),
            Level("restart", 2, 99.0),
            Level("both", 3, 99.9999),
        ], MaxY: 100, Note: new(950, "until here retries look better"));

    public static Chart CorruptSquare { get; } = new("corrupt-2x2", ChartKind.Square,
        "Retries hid it, then killed it sooner. Restart cured it.", Caption, "", "success of the last fifth, %",
        [
            Value("no retries|not restarted", 0, 8.2, 3.1, 21, 8.4),
            Value("no retries|restarted", 1, 99.0, 98.6, 99.3, 99.0),
            Value("retries|not restarted", 2, 1.4, 0, 9.9, 1.37),
            Value("retries|restarted", 3, 99.9675, 99.9, 100, 99.9999),
        ]);

    public static Chart CorruptRows { get; } = new("corrupt-rows", ChartKind.Rows, "Restarted, 99 % succeed, whoever retries", Caption,
        "success, %", "",
        [
            .. from arm in new[]
                {
                    ("no retries, not restarted", 53.6), ("retries, not restarted", 48.1), ("no retries, restarted", 99.0),
                    ("retries, restarted", 99.9999), ("no retries, fresh", 99.0), ("silent, restarted", 0.03), ("external, restarted", 0),
                }.Index()
                from lane in lanes
                let value = arm.Item.Item2 * (lane == "http" ? 0.97 : 1)
                select new Series($"{arm.Item.Item1}, {lane}", arm.Index, [new(0, value, value * 0.8, Math.Min(100, value * 1.1))],
                    arm.Index is 5 ? [] : [new(0, arm.Item.Item2)], arm.Index switch { 5 => null, 4 => model, _ => formula }),
        ], MaxY: 100);

    public static Chart RepairPoints { get; } = new("node-death-repair", ChartKind.Points,
        "A worker is back after 2 ms, a process after 20 s", Caption, "time to repair, ms", "lost per death",
        [
            new("worker restart", 0, [new(2, 0.2, 0.1, 0.4)], []),
            new("connection found again", 1, [new(310, 31, 25, 40)], []),
            new("breaker cool-down", 2, [new(5000, 505, 460, 540)], []),
            new("process restart", 3, [new(20_000, 1890, 1500, 2300)], []),
            new("lost = rate x time", 4, [], [new(2, 0.2), new(20, 2), new(200, 20), new(2000, 200), new(20_000, 2000)], formula),
        ], LogX: true);

    public static Chart RepairRows { get; } = RepairPoints with
    {
        Name = "node-death-ladder",
        Kind = ChartKind.Rows,
        LabelX = "time to repair, ms",
        Least = 2,
        Series =
        [
            Value("worker restart", 0, 1.2, 0.9, 3, 1),
            Value("connection", 1, 310, 250, 400, 300),
            Value("breaker cool-down", 2, 5000, 4900, 5100, 5000),
            Value("process restart", 3, 98_000, 60_000, 100_000, 80_000),
            Value("no repair was needed", 4, 0, 0, 0, 0),
        ],
    };

    public static Chart StampedePoints { get; } = new("ack-lost", ChartKind.Points,
        "The more retries, the more is done twice, just as predicted by the law for independent losses", Caption,
        "answers lost, %", "done twice per success",
        [
            Law("2 retries", 0, 3),
            Law("1 retry", 1, 2),
            new("2 retries and IDEMPOTENCY", 2, [.. Percents().Select(a => new Point(a, 0, 0, 0))], [.. Percents().Select(a => new Point(a, 0))], formula),
        ], Note: new(10, "one in ten lost: 11 of 100 done twice"));

    public static Chart Short { get; } = CorruptCurves with
    {
        Name = "corrupt-short",
        Series = [new("neither", 0, [new(1, 100, 98, 100), new(2, 50)], [new(1, 97.5), new(2, 40)])],
        Note = null,
    };

    public static IReadOnlyList<Chart> Good => [CorruptCurves, CorruptSquare, CorruptRows, RepairPoints, RepairRows, StampedePoints];

    /// <summary>Charts with something missing, too much of something, or hostile names.</summary>
    public static IReadOnlyList<Chart> Odd =>
    [
        CorruptCurves with { Name = "odd-empty", Series = [], Note = null },
        CorruptCurves with { Name = "odd-no-points", Series = [new("nothing", 0, [], []), Level("something", 1, 40)] },
        CorruptCurves with { Name = "odd-one-point", MaxY = null, Series = [new("once", 0, [new(5, 0.03, 0.01, 0.05)], []), new("twice", 1, [new(5, 0.02)], [])] },
        CorruptCurves with { Name = "odd-zero", MaxY = null, Series = [Level("zero", 0, 0), Level("zero too", 1, 0)] },
        CorruptCurves with
        {
            Name = "odd-one-seed-with-gaps",
            Series = [new("one seed", 0, [.. Slices().Select(x => new Point(x, x is > 700 and < 1100 ? double.NaN : 60 + x % 7))], [])],
            Note = new(1900, "a rather long remark near to the right end that has to be wrapped into several lines of the plot"),
        },
        CorruptCurves with { Name = "odd-crowded", Series = [.. Enumerable.Range(0, 14).Select(tone => Level($"policy number {tone} of fourteen", tone, 90 + tone % 3))] },
        CorruptCurves with { Name = "odd-too-many", Series = [.. Enumerable.Range(0, 40).Select(tone => Level($"{tone}", tone, 2 * tone))] },
        CorruptCurves with
        {
            Name = "odd-hostile",
            Title = "</title><script>alert(1)</script> & \"quotes\" 'and' \u0001\ud800 日本語のとても長い題名 " + string.Concat(Enumerable.Repeat("very long title ", 20)),
            Caption = string.Concat(Enumerable.Repeat("a caption that goes on and on, ", 20)),
            Series = [Level("<b>bold</b> & such a long label that it has to be wrapped or cut somewhere", 0, 50)],
            Note = new(-5, "<i>left of all</i>"),
        },
        CorruptRows with { Name = "odd-17-arms", Series = [.. from arm in Enumerable.Range(0, 17) from lane in lanes select Value($"arm {arm} with a long name, {lane}", arm, 5 * arm + (lane == "http" ? 2 : 0), 5 * arm - 3, 5 * arm + 6, 5 * arm + 1)] },
        CorruptRows with { Name = "odd-34-rows", Series = [.. Enumerable.Range(0, 34).Select(arm => Value($"arm {arm} with a name", arm, arm * 0.001, arm * 0.0005, arm * 0.002, arm * 0.001))], MaxY = null },
        CorruptRows with { Name = "odd-99-rows", Series = [.. Enumerable.Range(0, 99).Select(arm => Value($"arm {arm}", arm, arm, arm, arm, arm))] },
        CorruptRows with { Name = "odd-one-row", Series = [new("alone", 0, [new(0, 0.03)], [])], MaxY = null, Note = new(0.02, "here it hurts") },
        CorruptRows with { Name = "odd-no-rows", Series = [], MaxY = null },
        CorruptRows with { Name = "odd-missing", Series = [new("a, actor", 0, [], []), new("b, http", 1, [new(0, double.NaN)], [new(0, 4)])] },
        CorruptSquare with { Name = "odd-square", Series = [Value("done twice", 0, 0, 0, 0, 0), Value("never", 1, 12345, 1, 2, 3)], LabelY = "duplicates" },
        CorruptSquare with { Name = "odd-square-words", Series = [.. CorruptSquare.Series.Select(series => series with { Label = series.Label + "|alive", Theory = [] })], Note = new(0, "at request 2,000") },
        RepairPoints with { Name = "odd-log-zero", Series = [new("none", 0, [new(0, 3), new(-1, 2)], [])] },
        StampedePoints with { Name = "odd-points-empty", Series = [] },
    ];

    static Series Value(string label, int tone, double value, double low, double high, double theory) =>
        new(label, tone, [new(0, value, low, high)], [new(0, theory)], formula);

    static Series Level(string label, int tone, double level) => new(label, tone,
        [.. Slices().Select(x => new Point(x, level, Math.Max(0, level - 3), Math.Min(100, level + 1)))], [.. Slices().Select(x => new Point(x, level))], formula);

    static Series Falling(string label, int tone, double after, double steepness)
    {
        double At(double x) => 100 / (1 + Math.Exp((x - after - 150) / steepness));
        return new(label, tone,
            [.. Slices().Select(x => new Point(x, At(x) + x % 3 * 0.5, Math.Max(0, At(x) - 12), Math.Min(100, At(x) + 12)))],
            [.. Slices().Select(x => new Point(x, At(x)))], model);
    }

    static Series Law(string label, int tone, int attempts)
    {
        double Twice(double a) => a * (1 - Math.Pow(a, attempts - 1)) / ((1 - a) * (1 - Math.Pow(a, attempts)));
        return new(label, tone, [.. Percents().Select(a => new Point(a, 1.02 * Twice(a / 100), 0.9 * Twice(a / 100), 1.1 * Twice(a / 100)))],
            [.. Percents().Select(a => new Point(a, Twice(a / 100)))], formula);
    }

    static IEnumerable<double> Slices() => Enumerable.Range(0, 40).Select(slice => slice * 50.0 + 25);

    static IEnumerable<double> Percents() => [1, 5, 10, 20, 30, 40];
}
