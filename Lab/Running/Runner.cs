using System.Collections.Concurrent;
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
    // In virtual time nothing disturbs an arm: the first arms of a scenario run beside the last ones of the scenario before
    const int VirtualAtATime = 2;

    /// <summary>Why the run ended before its end; null when it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>What was measured of scenarios of which too little was measured to judge them.</summary>
    public ConcurrentQueue<ScenarioResult> Unjudged { get; } = [];

    /// <summary>How long each scenario has taken, in seconds.</summary>
    public Dictionary<string, double> TookS { get; } = [];

    public async Task<IReadOnlyList<ScenarioResult>> RunAsync(RunPlan plan, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var turns = new SemaphoreSlim(plan.IsExact ? VirtualAtATime : 1);
        var judged = new List<Task<ScenarioResult?>>();
        foreach (var (scenario, values) in plan.Scenarios)
        {
            await turns.WaitAsync(CancellationToken.None);
            if (end.IsCancellationRequested)
                break;
            judged.Add(RunAsync(plan, scenario, values, turns, end));
        }
        var results = await Task.WhenAll(judged);
        await LeaveAsync();
        return [.. results.OfType<ScenarioResult>()];
    }

    async Task<ScenarioResult?> RunAsync(
        RunPlan plan, Scenario scenario, Values values, SemaphoreSlim turns, CancellationTokenSource end)
    {
        var began = time.GetTimestamp();
        var (measuredWith, runs) = await MeasureAsync(plan, scenario, values, end);
        if (plan.IsExact)
            turns.Release();
        var result = await JudgeAsync(plan, scenario, measuredWith, runs, began);
        if (!plan.IsExact)
            turns.Release(); // beside the next arms judging would disturb them
        return result;
    }

    async Task<(Values Values, Dictionary<string, List<LaneRun>> ByArm)> MeasureAsync(
        RunPlan plan, Scenario scenario, Values values, CancellationTokenSource end)
    {
        var runs = new Dictionary<string, List<LaneRun>>();
        try
        {
            var count = await benches.OpenAsync(plan, scenario, values, end.Token);
            values = values.With(await benches.CapacityAsync(scenario, values, end.Token));
            runs = scenario.Arms(values).ToDictionary(arm => arm.Name, _ => new List<LaneRun>());
            await RunArmsAsync(plan, scenario, values, count, runs, end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            if (Failure is null)
                say($"{scenario.Name}: stopped");
        }
        catch (RunFailedException failure)
        {
            await FailAsync(scenario, failure, end);
        }
        if (end.IsCancellationRequested)
            await LeaveAsync();
        // Which arm was done first depends on the machine
        return (values, runs.ToDictionary(arm => arm.Key, arm => arm.Value.OrderBy(run => run.Seed).ToList()));
    }

    // The first is why others follow
    Task FailAsync(Scenario scenario, RunFailedException failure, CancellationTokenSource end)
    {
        Failure ??= $"{scenario.Name}: {failure.Message}";
        return end.CancelAsync();
    }

    // As far as it came: with the seeds for which every arm has been run.
    async Task<ScenarioResult?> JudgeAsync(
        RunPlan plan, Scenario scenario, Values values, Dictionary<string, List<LaneRun>> runs, long began)
    {
        var seeds = plan.Seeds.Where(seed => runs.Count > 0 && runs.Values.All(arm => arm.Any(run => run.Seed == seed))).ToList();
        if (seeds.Count == 0)
        {
            if (OfPart(scenario, values, runs) is { } part)
                Unjudged.Enqueue(part);
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
        CancellationTokenSource end)
    {
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
                    var done = await benches.RunAsync(bench, scenario, values, arm, seed, end.Token);
                    lock (gate)
                        runs[arm.Name].AddRange(done);
                }
                catch (RunFailedException failure)
                {
                    await FailAsync(scenario, failure, end);
                    throw;
                }
            }
        }

        (int, (long, int, Arm))? Next()
        {
            lock (gate)
                return !end.IsCancellationRequested && work.TryDequeue(out var next) ? (all - work.Count, next) : null;
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
