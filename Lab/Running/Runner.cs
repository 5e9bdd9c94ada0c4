using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Running;

/// <summary>
/// Runs scenarios one after the other; the arms of one are spread over the benches. A service that dies ends the run; what
/// was measured until then is kept, and so it is after Ctrl-C. Running services are reset when the run has used them.
/// </summary>
/// <param name="now">Ends the judging too.</param>
sealed class Runner(Func<int, CancellationToken, Task<Bench>> openBench, TimeProvider time, Action<string> say, CancellationToken now)
{
    readonly List<Bench> _benches = [];
    (int Count, int Nodes) _open;

    /// <summary>Why the run ended before its end; null when it did not.</summary>
    public string? Failure { get; private set; }

    /// <summary>What was measured of a scenario of which too little was measured to judge it.</summary>
    public ScenarioResult? Unjudged { get; private set; }

    public async Task<IReadOnlyList<ScenarioResult>> RunAsync(RunPlan plan, CancellationToken stop)
    {
        var results = new List<ScenarioResult>();
        try
        {
            foreach (var (scenario, values) in plan.Scenarios)
            {
                if (stop.IsCancellationRequested || Failure is not null)
                    break;
                if (await RunAsync(plan, scenario, values, stop) is { } result)
                    results.Add(result);
            }
        }
        finally
        {
            await LeaveBenchesAsync();
        }
        return results;
    }

    async Task<ScenarioResult?> RunAsync(RunPlan plan, Scenario scenario, Values values, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var runs = new Dictionary<string, List<LaneRun>>();
        try
        {
            await OpenBenchesAsync(plan, scenario, scenario.Arms(values), stop);
            values = values.With(await CapacityAsync(scenario, values, stop));
            runs = scenario.Arms(values).ToDictionary(arm => arm.Name, _ => new List<LaneRun>());
            await RunArmsAsync(plan, scenario, values, runs, stop);
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
            await LeaveBenchesAsync();
        return await JudgeAsync(plan, scenario, values, runs, began);
    }

    // Every arm begins with a reset; so the services are kept for as long as the next scenario needs the same.
    async Task OpenBenchesAsync(RunPlan plan, Scenario scenario, IReadOnlyList<Arm> arms, CancellationToken stop)
    {
        if (_benches.Count > 0 && _open == plan.BenchesOf(scenario))
            return;
        await LeaveBenchesAsync();
        say($"{scenario.Name}: making services ready");
        _open = plan.BenchesOf(scenario);
        for (var i = 0; i < _open.Count; i++)
            _benches.Add(await openBench(_open.Nodes, stop));
        await WarmUpAsync(arms, stop);
    }

    async Task LeaveBenchesAsync()
    {
        await Task.WhenAll(_benches.Select(LeaveAsync));
        _benches.Clear();
    }

    // As far as it came: with the seeds for which every arm has been run.
    async Task<ScenarioResult?> JudgeAsync(
        RunPlan plan, Scenario scenario, Values values, Dictionary<string, List<LaneRun>> runs, long began)
    {
        var seeds = plan.Seeds.Where(seed => runs.Count > 0 && runs.Values.All(arm => arm.Any(run => run.Seed == seed))).ToList();
        if (seeds.Count == 0)
        {
            Unjudged = OfPart(scenario, values, runs, time.GetElapsedTime(began));
            return null;
        }
        if (seeds.Count < plan.Seeds.Count)
            say($"{scenario.Name}: {seeds.Count} of {plan.Seeds.Count} seeds were measured");
        say($"{scenario.Name}: comparing with theory");
        var whole = runs.ToDictionary(arm => arm.Key, arm => arm.Value.Where(run => seeds.Contains(run.Seed)).ToList());
        try
        {
            var judging = Task.Run(() => new Evidence(scenario, values, whole, seeds).Result(time.GetElapsedTime(began)), CancellationToken.None);
            return await judging.WaitAsync(now);
        }
        catch (OperationCanceledException) when (now.IsCancellationRequested)
        {
            return null;
        }
    }

    static ScenarioResult? OfPart(Scenario scenario, Values values, Dictionary<string, List<LaneRun>> runs, TimeSpan took)
    {
        var measured = scenario.Arms(values).Where(arm => runs.GetValueOrDefault(arm.Name) is { Count: > 0 }).ToList();
        return measured.Count == 0 ? null
            : new(scenario.Name, scenario.Id, $"stopped after {measured.Count} of {runs.Count} arms, so not judged", values.Texts, values.CapacityPerS,
                [.. measured.Select(arm => new ArmResult(arm.Name, arm.Settings, runs[arm.Name]))], [], [], [], [], took.TotalSeconds);
    }

    async Task RunArmsAsync(
        RunPlan plan, Scenario scenario, Values values, Dictionary<string, List<LaneRun>> runs, CancellationToken stop)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var work = new Queue<(long, int, Arm)>(plan.Work(scenario.Arms(values)));
        var (gate, all) = (new Lock(), work.Count);
        await Task.WhenAll(_benches.Select(WorkAsync));

        async Task WorkAsync(Bench bench)
        {
            while (Next() is var (number, (seed, seedNumber, arm)))
            {
                try
                {
                    say($"{scenario.Name}: {number} of {all}: {arm.Name}, seed {seedNumber} of {plan.Seeds.Count}, {arm.Seconds:0.#} s");
                    var done = await new ArmRunner(bench, time).RunAsync(arm, seed, failed.Token);
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

    // As the arms will run: on all benches, in all lanes at once; the slowest bench counts.
    async Task<IReadOnlyDictionary<string, double>> CapacityAsync(Scenario scenario, Values values, CancellationToken stop)
    {
        if (scenario.Capacity(values) is not { } arm)
            return new Dictionary<string, double>();
        say($"{scenario.Name}: measuring capacity");
        var measured = await Task.WhenAll(_benches.Select(bench => new ArmRunner(bench, time).CapacityAsync(arm, stop)));
        return arm.Lanes.ToDictionary(lane => lane, lane => measured.Min(one => one[lane]));
    }

    // The first requests of a process compile its code; they are not what a scenario asks about.
    async Task WarmUpAsync(IReadOnlyList<Arm> arms, CancellationToken stop)
    {
        var arm = arms[0] with
        {
            Rate = 150,
            Seconds = 2,
            Faults = [],
            Kill = null,
            Probe = null,
            Proxy = null,
            Lanes = Lane.Both,
        };
        await Task.WhenAll(_benches.Select(bench => new ArmRunner(bench, time).RunAsync(arm, seed: 1, stop)));
    }

    // Ends our own processes; others go on without what the scenario has set.
    async Task LeaveAsync(Bench bench)
    {
        try
        {
            if (!bench.IsOwn)
            {
                await bench.Controls.ResetAsync(CancellationToken.None);
                say($"the services on {bench.ServiceA} were reset: no knob or fault of the run is left");
            }
        }
        catch (RunFailedException failure)
        {
            Failure ??= $"the services on {bench.ServiceA} could not be reset, and may still have a fault of the run: {failure.Message}";
        }
        finally
        {
            await bench.DisposeAsync();
        }
    }
}
