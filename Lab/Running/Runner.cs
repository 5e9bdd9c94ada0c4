using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Running;

/// <summary>
/// Runs scenarios one after the other; the arms of one are spread over the benches. A service that dies ends the run; what
/// was measured until then is kept, and so it is after Ctrl-C.
/// </summary>
/// <param name="now">Ends the judging too.</param>
sealed class Runner(IBenches benches, TimeProvider time, Action<string> say, CancellationToken now)
{
    /// <summary>Why the run ended before its end; null when it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>What was measured of a scenario of which too little was measured to judge it.</summary>
    public ScenarioResult? Unjudged { get; private set; }

    /// <summary>How long each scenario has taken, in seconds.</summary>
    public Dictionary<string, double> TookS { get; } = [];

    public async Task<IReadOnlyList<ScenarioResult>> RunAsync(RunPlan plan, CancellationToken stop)
    {
        var judged = new List<Task<ScenarioResult?>>();
        try
        {
            foreach (var (scenario, values) in plan.Scenarios)
            {
                if (stop.IsCancellationRequested || Failure is not null)
                    break;
                var began = time.GetTimestamp();
                var runs = await MeasureAsync(plan, scenario, values, stop);
                judged.Add(JudgeAsync(plan, scenario, runs.Values, runs.ByArm, began));
                if (!plan.IsExact)
                    await judged[^1]; // beside the next arms it would disturb them
            }
        }
        finally
        {
            await LeaveAsync();
        }
        return [.. (await Task.WhenAll(judged)).OfType<ScenarioResult>()];
    }

    async Task<(Values Values, Dictionary<string, List<LaneRun>> ByArm)> MeasureAsync(
        RunPlan plan, Scenario scenario, Values values, CancellationToken stop)
    {
        var runs = new Dictionary<string, List<LaneRun>>();
        try
        {
            var count = await benches.OpenAsync(plan, scenario, values, stop);
            values = values.With(await benches.CapacityAsync(scenario, values, stop));
            runs = scenario.Arms(values).ToDictionary(arm => arm.Name, _ => new List<LaneRun>());
            await RunArmsAsync(plan, scenario, values, count, runs, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            say($"{scenario.Name}: stopped");
        }
        catch (RunFailedException failure)
        {
            Failure = $"{scenario.Name}: {failure.Message}";
        }
        if (stop.IsCancellationRequested || Failure is not null)
            await LeaveAsync();
        // Which arm was done first depends on the machine
        return (values, runs.ToDictionary(arm => arm.Key, arm => arm.Value.OrderBy(run => run.Seed).ToList()));
    }

    // As far as it came: with the seeds for which every arm has been run.
    async Task<ScenarioResult?> JudgeAsync(
        RunPlan plan, Scenario scenario, Values values, Dictionary<string, List<LaneRun>> runs, long began)
    {
        var seeds = plan.Seeds.Where(seed => runs.Count > 0 && runs.Values.All(arm => arm.Any(run => run.Seed == seed))).ToList();
        if (seeds.Count == 0)
        {
            Unjudged = OfPart(scenario, values, runs);
            return null;
        }
        if (seeds.Count < plan.Seeds.Count)
            say($"{scenario.Name}: {seeds.Count} of {plan.Seeds.Count} seeds were measured");
        say($"{scenario.Name}: comparing with theory");
        var whole = runs.ToDictionary(arm => arm.Key, arm => arm.Value.Where(run => seeds.Contains(run.Seed)).ToList());
        try
        {
            var judging = Task.Run(() => new Evidence(scenario, values, whole, seeds).Result(), CancellationToken.None);
            var result = await judging.WaitAsync(now);
            lock (TookS)
                TookS[scenario.Name] = time.GetElapsedTime(began).TotalSeconds;
            return result;
        }
        catch (OperationCanceledException) when (now.IsCancellationRequested)
        {
            return null;
        }
    }

    static ScenarioResult? OfPart(Scenario scenario, Values values, Dictionary<string, List<LaneRun>> runs)
    {
        var measured = scenario.Arms(values).Where(arm => runs.GetValueOrDefault(arm.Name) is { Count: > 0 }).ToList();
        return measured.Count == 0 ? null
            : new(scenario.Name, scenario.Id, $"stopped after {measured.Count} of {runs.Count} arms, so not judged", values.Texts, values.CapacityPerS,
                [.. measured.Select(arm => new ArmResult(arm.Name, arm.Settings, runs[arm.Name]))], [], [], [], []);
    }

    async Task RunArmsAsync(
        RunPlan plan, Scenario scenario, Values values, int benchCount, Dictionary<string, List<LaneRun>> runs,
        CancellationToken stop)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var work = new Queue<(long, int, Arm)>(plan.Work(scenario.Arms(values)));
        var (gate, all) = (new Lock(), work.Count);
        await Task.WhenAll(Enumerable.Range(0, benchCount).Select(WorkAsync));

        async Task WorkAsync(int bench)
        {
            while (Next() is var (number, (seed, seedNumber, arm)))
            {
                try
                {
                    say($"{scenario.Name}: {number} of {all}: {arm.Name}, seed {seedNumber} of {plan.Seeds.Count}, {arm.Seconds:0.#} s");
                    var done = await benches.RunAsync(bench, scenario, values, arm, seed, failed.Token);
                    lock (gate)
                        runs[arm.Name].AddRange(done);
                }
                catch (RunFailedException)
                {
                    await failed.CancelAsync();
                    throw;
                }
            }
        }

        (int, (long, int, Arm))? Next()
        {
            lock (gate)
                return !failed.IsCancellationRequested && work.TryDequeue(out var next) ? (all - work.Count, next) : null;
        }
    }

    async Task LeaveAsync()
    {
        try
        {
            await benches.LeaveAsync();
        }
        catch (RunFailedException failure)
        {
            Failure ??= failure.Message;
        }
    }
}
