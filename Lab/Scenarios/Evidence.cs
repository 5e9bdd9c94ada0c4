using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Statistics;

namespace TinyResilient.Lab.Scenarios;

/// <summary>What was measured for one scenario, beside what the model expects of the very same arms.</summary>
sealed class Evidence(
    Scenario scenario, Values values, IReadOnlyDictionary<string, List<LaneRun>> runs, IReadOnlyList<long> seeds)
{
    /// <summary>Of the intervals that are drawn; claims are judged more strictly.</summary>
    const double Drawn = 0.95;

    Dictionary<string, Expectation> _expected = [];

    // What is no measurement judges nothing. Arms are compared seed by seed, so with it goes its seed, in all of them.
    readonly IReadOnlyList<long> _sound = [.. seeds.Except(runs.Values.SelectMany(arm => arm.Where(run => Problem(run) is not null)).Select(run => run.Seed))];

    /// <summary>Of an earlier run. Null: it is no scenario of the catalogue, or one with other parameters or arms.</summary>
    public static Evidence? Of(ScenarioResult result)
    {
        if (Catalogue.Find(result.Name) is not { } scenario)
            return null;
        var problems = new List<string>();
        var values = Values.Of(scenario, result.Parameters.Select(one => new Assignment(one.Key, one.Value)), problems).With(result.CapacityPerS);
        var runs = result.Arms.ToDictionary(arm => arm.Name, arm => arm.Runs.ToList());
        return problems.Count > 0 || !runs.Keys.ToHashSet().SetEquals(scenario.Arms(values).Select(arm => arm.Name)) ? null
            : new(scenario, values, runs, [.. result.Arms[0].Runs.Select(run => run.Seed).Distinct()]);
    }

    /// <summary>The same by some of its seeds alone.</summary>
    public Evidence By(IReadOnlyList<long> some) => new(scenario, values, runs, some)
    {
        _expected = _expected,
    };

    public string Scenario => scenario.Name;

    public Values Values => values;

    public IReadOnlyList<Arm> Arms { get; } = scenario.Arms(values);

    /// <summary>By which it is judged.</summary>
    public IReadOnlyList<long> Seeds => _sound;

    /// <summary>In the caption of every slide.</summary>
    public string Caption => $"{Origin}; reproduce: ./tiny {scenario.Command}{(IsVirtual ? "" : scenario.InRealTime)} --seeds {seeds.Count}";

    string Origin => $"{(IsVirtual ? "virtual time, " : "")}{Words(_sound)}, "
        + $"{Arms.Max(arm => arm.Requests):N0} requests an arm and lane";

    bool IsVirtual => runs.Values.Any(arm => arm.Any(run => run.Digest is not null));

    public Arm Arm(string name) => Arms.Single(arm => arm.Name == name);

    public IReadOnlyList<LaneRun> Runs(string arm, string lane) =>
        [.. runs[arm].Where(run => run.Lane == lane && _sound.Contains(run.Seed)).OrderBy(run => run.Seed)];

    /// <summary>One number for each seed; runs that have no such number are left out.</summary>
    public IReadOnlyList<double> All(string arm, string lane, string measure) =>
        [.. Runs(arm, lane).Where(run => run.Measures.ContainsKey(measure)).Select(run => run.Measures[measure])];

    public double Mean(string arm, string lane, string measure) =>
        All(arm, lane, measure) is { Count: > 0 } all ? all.Average() : 0;

    /// <summary>Over all lanes that the arm ran in.</summary>
    public double Mean(string arm, string measure) => Arm(arm).Lanes.Average(lane => Mean(arm, lane, measure));

    /// <summary>Mean with its interval over seeds, as a point of a chart.</summary>
    public static Point Point(double x, IReadOnlyList<double> all, double scale = 1)
    {
        if (all.Count < 2)
            return new(x, all.Count == 0 ? 0 : all[0] * scale);
        var interval = Interval.OfMean(all, Drawn);
        return new(x, all.Average() * scale, interval.Low * scale, interval.High * scale);
    }

    /// <summary>Standard deviation of one run: the model's, or where it does not know the arm that of the seeds.</summary>
    public double Deviation(string arm, string measure) => Arm(arm).IsUnmodelled
        ? Sample.Deviation(All(arm, Arm(arm).Lanes[0], measure))
        : Expected(arm).Of(measure).Deviation;

    /// <summary>
    /// Half the 99 % interval of the difference of two arms, seed by seed: both arms met the same fates (Student's t). Null with
    /// fewer than three seeds.
    /// </summary>
    public double? PairedScatter(string one, string other, string measure)
    {
        var lane = Arm(one).Lanes[0];
        double[] differences = [.. All(other, lane, measure).Zip(All(one, lane, measure), (with, without) => with - without)];
        return differences.Length < 3 ? null : Interval.OfMean(differences, 0.99).Width / 2;
    }

    /// <summary>By how much the model says that two arms differ; 0 where it does not know one of them.</summary>
    public double ExpectedDifference(string one, string other, string measure) => Arm(one).IsUnmodelled || Arm(other).IsUnmodelled ? 0
        : Math.Abs(Expected(other).Of(measure).Mean - Expected(one).Of(measure).Mean);

    /// <summary>What the model expects of the arm.</summary>
    public Expectation Expected(string arm)
    {
        if (!_expected.TryGetValue(arm, out var expectation))
            _expected[arm] = expectation = Expectation.Of(ArmModel.Of(Arm(arm)));
        return expectation;
    }

    public ScenarioResult Result()
    {
        var findings = _sound.Count > 0 ? scenario.Judge(this) : new("Nothing is judged: no seed was measured without trouble", [], [], []);
        return new(scenario.Name, scenario.Id, findings.Title, values.Texts, values.CapacityPerS,
            [.. Arms.Select(arm => new ArmResult(arm.Name, arm.Settings, runs[arm.Name]))],
            [.. findings.Claims, .. findings.Verdicts.Select(Claimed), .. _sound.Count > 0 ? Equalities() : []], findings.Verdicts,
            [.. findings.Charts.Select(Titled)], [.. Problems()]);
    }

    // From the last row nobody reads a caption: it must not look like a mean
    Chart Titled(Chart chart) => _sound.Count > 1 ? chart : chart with { Title = $"{chart.Title} (one seed)" };

    // A verdict that differs from what is expected is a result too, but not ours.
    Claim Claimed(Verdict verdict) => new(
        $"{verdict.Policy}: {scenario.Expected[verdict.Policy].ToString().ToLowerInvariant()} ({verdict.Of})", verdict.Difference, null, null, null,
        verdict.Effect == scenario.Expected[verdict.Policy] ? Judgement.Holds
            : verdict.Effect == Effect.Unclear ? Judgement.TooShort : Judgement.Fails, verdict.Seeds);

    // In virtual time nothing but the lanes themselves can differ. A killed process is met by each in its own way: lane actor
    // searches it again, lane http dials for each attempt.
    IEnumerable<Claim> Equalities() =>
        from arm in IsVirtual ? Arms : []
        where arm is { IsEqual: true, EndsProcesses: false, Lanes.Count: 2 }
        let differing = Runs(arm.Name, arm.Lanes[0]).Zip(Runs(arm.Name, arm.Lanes[1]))
            .Count(pair => pair.First.Digest != pair.Second.Digest)
        select new Claim($"{arm.Name}: both lanes do the same with each request, at the same time (seeds in which they do not)",
            differing, 0, null, 0, differing == 0 ? Judgement.Holds : Judgement.Fails);

    IEnumerable<string> Problems() =>
    [
        .. from arm in runs
           from run in arm.Value
           let problem = Problem(run)
           where problem is not null
           select $"{arm.Key}, lane {run.Lane}, seed {run.Seed}: {problem}",
        .. _sound.Count == seeds.Count || _sound.Count == 0 ? (string[])[] : [$"so it is judged by {Words(_sound)} alone"],
    ];

    static string? Problem(LaneRun run)
    {
        const double latestMs = 100;
        return run.Unbalanced is { } unbalanced ? $"the books do not balance: {unbalanced}"
            : run.Measures.GetValueOrDefault(Measure.Lag) > latestMs
                ? $"this machine was the bottleneck: 1 request in 100 was sent more than {run.Measures[Measure.Lag]:0} ms late"
            : null;
    }

    // 3 seeds (1 to 3), 2 seeds (1, 3)
    static string Words(IReadOnlyList<long> seeds) => seeds switch
    {
        [] => "no seed",
        [var one] => $"1 seed ({one})",
        _ when seeds[^1] - seeds[0] == seeds.Count - 1 => $"{seeds.Count} seeds ({seeds[0]} to {seeds[^1]})",
        _ => $"{seeds.Count} seeds ({string.Join(", ", seeds)})",
    };
}
