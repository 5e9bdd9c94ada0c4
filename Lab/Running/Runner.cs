using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Running;

/// <summary>What is to be run.</summary>
/// <param name="Seeds">Each arm runs once for each.</param>
/// <param name="Benches">So many arms run at the same time, each on services of its own.</param>
sealed record RunPlan(IReadOnlyList<(Scenario Scenario, Values Values)> Scenarios, IReadOnlyList<long> Seeds, int Benches)
{
    // What an arm costs beside its load: setting up, draining, reading the books.
    const double OverheadS = 0.8;
    const double StartS = 4;

    /// <summary>How long it will take, in seconds, about.</summary>
    public double EstimateS => Scenarios.Sum(one => EstimateOf(one.Scenario, one.Values));

    double EstimateOf(Scenario scenario, Values values)
    {
        var arms = scenario.Arms(values);
        var once = arms.Sum(arm => arm.Seconds + OverheadS);
        var capacity = scenario.Capacity(values) is { } one ? 2 * (one.Seconds + OverheadS) : 0;
        var rounds = Math.Max(once * Seeds.Count / Benches, arms.Max(arm => arm.Seconds + OverheadS));
        return StartS + capacity + rounds;
    }
}

/// <summary>
/// Runs scenarios one after the other; the arms of one are spread over the benches. A service that dies ends the run; what
/// was measured until then is kept, and so it is after Ctrl-C.
/// </summary>
sealed class Runner(Func<int, CancellationToken, Task<Bench>> startBench, TimeProvider time, Action<string> say)
{
    readonly List<Bench> _benches = [];
    int _nodes;

    /// <summary>Why the run ended before its end; null when it did not.</summary>
    public string? Failure { get; private set; }

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
            await StopBenchesAsync();
        }
        return results;
    }

    async Task<ScenarioResult?> RunAsync(RunPlan plan, Scenario scenario, Values values, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var runs = new Dictionary<string, List<LaneRun>>();
        try
        {
            await StartBenchesAsync(plan, scenario, scenario.Arms(values), stop);
            values = values.With(await CapacityAsync(scenario, values, stop));
            foreach (var arm in scenario.Arms(values))
                runs[arm.Name] = [];
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
        // Judged as far as it came, if every arm has been run once.
        return runs.Count == 0 || runs.Values.Any(arm => arm.Count == 0) ? null
            : new Evidence(scenario, values, runs, plan.Seeds).Result(time.GetElapsedTime(began));
    }

    // Every arm begins with a reset; so the services are kept for as long as the next scenario needs the same.
    async Task StartBenchesAsync(RunPlan plan, Scenario scenario, IReadOnlyList<Arm> arms, CancellationToken stop)
    {
        if (_benches.Count > 0 && _nodes == scenario.Nodes)
            return;
        await StopBenchesAsync();
        say($"{scenario.Name}: starting services");
        _nodes = scenario.Nodes;
        for (var i = 0; i < plan.Benches; i++)
            _benches.Add(await startBench(scenario.Nodes, stop));
        await WarmUpAsync(arms, stop);
    }

    async Task StopBenchesAsync()
    {
        foreach (var bench in _benches)
            await bench.DisposeAsync();
        _benches.Clear();
    }

    async Task RunArmsAsync(
        RunPlan plan, Scenario scenario, Values values, Dictionary<string, List<LaneRun>> runs, CancellationToken stop)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var arms = scenario.Arms(values);
        var work = new Queue<(long Seed, int SeedNumber, Arm Arm)>(
            from seed in plan.Seeds.Select((seed, index) => (Value: seed, Number: index + 1))
            from arm in arms
            select (seed.Value, seed.Number, arm));
        var gate = new Lock();
        await Task.WhenAll(_benches.Select(WorkAsync));

        async Task WorkAsync(Bench bench)
        {
            while (Next() is var (seed, number, arm))
            {
                try
                {
                    say($"{scenario.Name}: seed {number} of {plan.Seeds.Count}, {arm.Name}: {arm.Seconds:0.#} s");
                    var done = await new ArmRunner(bench, time).RunAsync(arm, seed, _ => { }, failed.Token);
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

        (long, int, Arm)? Next()
        {
            lock (gate)
                return !failed.IsCancellationRequested && work.TryDequeue(out var next) ? next : null;
        }
    }

    async Task<IReadOnlyDictionary<string, double>> CapacityAsync(Scenario scenario, Values values, CancellationToken stop)
    {
        var measured = new Dictionary<string, double>();
        if (scenario.Capacity(values) is not { } arm)
            return measured;
        foreach (var lane in arm.Lanes)
        {
            say($"{scenario.Name}: measuring the capacity of lane {lane}");
            measured[lane] = await new ArmRunner(_benches[0], time).CapacityAsync(arm, lane, stop);
        }
        return measured;
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
        };
        await Task.WhenAll(_benches.Select(bench => new ArmRunner(bench, time).RunAsync(arm, seed: 1, _ => { }, stop)));
    }
}
