using System.Globalization;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <param name="Mood">What colours it where there are colours: <c>good</c>, <c>bad</c>, <c>open</c>; empty: nothing.</param>
/// <param name="Short">Where there is little room; null: the same.</param>
sealed record Cell(string Text, string Mood = "", string? Short = null);

sealed record Table(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<Cell>> Rows);

/// <summary>The tables of a report, the same in each of its forms.</summary>
static class ReportTables
{
    const double Ledger = 10_000;

    static readonly IReadOnlyList<(string Head, string Measure)> columns =
    [
        ("succeeded", Measure.Success), ("failed", Measure.Failed), ("refused", Measure.Refused), ("timed out", Measure.TimedOut),
        ("unanswered", Measure.Unanswered), ("lost", Measure.Lost), ("wasted", Measure.Wasted), ("done twice", Measure.Twice),
    ];

    /// <summary>Policies by scenarios: a row says where a policy helps and where it harms.</summary>
    public static Table Matrix(RunResult result)
    {
        var scenarios = result.Scenarios.Where(scenario => scenario.Verdicts.Count > 0).ToList();
        var policies = scenarios.SelectMany(scenario => scenario.Verdicts).Select(verdict => verdict.Policy).Distinct();
        return new(["policy", .. scenarios.Select(scenario => scenario.Name)], [.. policies.Select(policy =>
            Row([new(policy), .. scenarios.Select(scenario => OfCell(scenario.Verdicts.Where(verdict => verdict.Policy == policy)))]))]);
    }

    /// <summary>How to read the matrix where its cells are short.</summary>
    public static string Key(RunResult result)
    {
        const string Usual = "points of success";
        var others =
            from scenario in result.Scenarios
            from verdict in scenario.Verdicts
            where verdict.Of != Usual
            group $"{scenario.Name}: {verdict.Policy}" by verdict.Of into unit
            select $"{unit.Key} ({string.Join("; ", unit)})";
        return $"{string.Join(", ", Enum.GetValues<Effect>().Select(effect => $"{Look(effect).Shape} {Word(effect)}"))}. "
            + $"Numbers: {string.Join(", ", others.Prepend(Usual))}.";
    }

    public static Table Claims(ScenarioResult scenario) => new(["claim", "measured", "expected", "agrees from", "to", "judgement"],
        [.. scenario.Claims.Select(claim => Row([
            new(claim.Text), Number(claim.Measured), Number(claim.Theory), Number(claim.Low), Number(claim.High), Judged(claim.Judgement, claim.Seeds)]))]);

    /// <summary>Of 10,000 requests, the mean over seeds.</summary>
    public static Table Books(ScenarioResult scenario) => new(["arm", "lane", .. columns.Select(column => column.Head)],
        [.. from arm in scenario.Arms
            from lane in arm.Runs.GroupBy(run => run.Lane)
            select Row([new(arm.Name), new(lane.Key), .. columns.Select(column => Mean(lane, column.Measure))])]);

    public static Table Settings(ScenarioResult scenario) =>
        new(["arm", "settings"], [.. scenario.Arms.Select(arm => Row([new(arm.Name), new(arm.Settings)]))]);

    public static Table Parameters(ScenarioResult scenario) => new(["parameter", "value"],
    [
        .. scenario.Parameters.Select(parameter => Row([new(parameter.Key), new(parameter.Value)])),
        .. scenario.CapacityPerS.Select(lane => Row([new($"capacity measured before, lane {lane.Key}, per second"), Number(lane.Value)])),
    ]);

    public static Table Provenance(RunResult result) => new(["", ""],
    [
        Row([new("command"), new(result.Command)]),
        Row([new("started"), new(result.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture))]),
        Row([new("took"), new(string.Join(", ", result.TookS.Select(one => $"{one.Key} {Numbers.Text(one.Value, "s")}")))]),
        Row([new("clock"), new(ClockOf(result.Clock))]),
        Row([new("seeds"), new(string.Join(", ", result.Seeds.Select(seed => seed.ToString(CultureInfo.InvariantCulture))))]),
        Row([new("version"), new(result.Origin.Version)]),
        Row([new("commit"), new(result.Origin.Commit ?? "not known")]),
        Row([new("machine"), new($"{result.Origin.System}, {result.Origin.Cores} cores, {result.Origin.Runtime}")]),
        Row([new("services"), new(result.Origin.Services)]),
    ]);

    /// <summary>On which clock numbers were measured, in the words that all reports share.</summary>
    public static string ClockOf(Clock clock) => clock == Clock.Virtual
        ? "virtual time: the services' own code on a clock that jumps; the same seeds give the same numbers"
        : "real time: processes on the clock of this machine";

    /// <summary>What a reader has to know before any number.</summary>
    public static IReadOnlyList<string> Warnings(RunResult result) =>
    [
        .. result.Interrupted ? (string[])["The run was stopped before its end: this is what had been measured until then."] : [],
        .. result.LeftOut.Count > 0 ? (string[])[$"Not run: {string.Join(", ", result.LeftOut)}."] : [],
        .. from scenario in result.Scenarios
            let disturbance = Disturbance.Of(scenario)
            where disturbance is not null
            select $"{scenario.Name}: {disturbance}.",
    ];

    /// <summary>What keeps scenarios from being results.</summary>
    public static IReadOnlyList<string> Problems(RunResult result) =>
        [.. result.Scenarios.SelectMany(scenario => Problems(scenario).Select(problem => $"{scenario.Name}: {problem}"))];

    /// <summary>Those that were told, and any books that do not balance and were not told.</summary>
    public static IReadOnlyList<string> Problems(ScenarioResult scenario) =>
    [
        .. scenario.Problems,
        .. from arm in scenario.Arms
            from run in arm.Runs
            where run.Unbalanced is { } unbalanced && !scenario.Problems.Any(problem => problem.Contains(unbalanced, StringComparison.Ordinal))
            select $"{arm.Name}, lane {run.Lane}, seed {run.Seed}: {run.Unbalanced}",
    ];

    public static IReadOnlyList<(string Word, int Count, string Mood)> Score(RunResult result) =>
        [.. Enum.GetValues<Judgement>().Select(judgement => (
            Judged(judgement).Text, result.Claims.Count(claim => claim.Judgement == judgement), Judged(judgement).Mood))];

    static Cell OfCell(IEnumerable<Verdict> verdicts)
    {
        var cells = verdicts.Select(verdict =>
        {
            var (shape, mood) = Look(verdict.Effect);
            return new Cell($"{shape} {Word(verdict.Effect)} {Signed(verdict.Difference)} {verdict.Of}", mood, $"{shape} {Signed(verdict.Difference)}");
        }).ToList();
        return cells.Count == 0 ? new("")
            : new(string.Join("; ", cells.Select(cell => cell.Text)), cells[0].Mood, string.Join("; ", cells.Select(cell => cell.Short)));
    }

    static (string Shape, string Mood) Look(Effect effect) => effect switch
    {
        Effect.Helps => ("▲", "good"),
        Effect.Harms => ("▼", "bad"),
        Effect.Neutral => ("■", ""),
        _ => ("◇", "open"),
    };

    static string Word(Effect effect) => effect.ToString().ToLowerInvariant();

    static string Signed(double difference) => difference > 0 ? "+" + Numbers.Text(difference) : Numbers.Text(difference);

    static Cell Judged(Judgement judgement, int? seeds = null)
    {
        var (shape, mood) = judgement switch
        {
            Judgement.Holds => ("✓", "good"),
            Judgement.Fails => ("✗", "bad"),
            _ => ("◇", "open"),
        };
        return new($"{shape} {judgement.Word()}{Numbers.Enough(seeds)}", mood);
    }

    static Cell Number(double? value) => new(value is { } number ? Numbers.Precise(number) : "–");

    static Cell Mean(IEnumerable<LaneRun> runs, string measure)
    {
        var known = runs.Where(run => run.Measures.ContainsKey(measure)).Select(run => run.Measures[measure]).ToList();
        return new(known.Count == 0 ? "–" : Numbers.Part(Ledger * known.Average(), Ledger));
    }

    static IReadOnlyList<Cell> Row(IReadOnlyList<Cell> cells) => cells;
}
