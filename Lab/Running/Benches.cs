using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Running;

/// <summary>Benches of processes, or of running services, which are reset when a run has used them.</summary>
sealed class Benches(
    Func<int, CancellationToken, Task<Bench>> open, string words, TimeProvider time, Action<string> say) : IBenches
{
    readonly List<Bench> _benches = [];
    (int Count, int Nodes) _open;

    public string Words => words;

    public double EstimateS(RunPlan plan) => plan.EstimateS;

    // Every arm begins with a reset; so the services are kept for as long as the next scenario needs the same.
    public async Task<int> OpenAsync(RunPlan plan, Scenario scenario, Values values, CancellationToken stop)
    {
        if (_benches.Count > 0 && _open == plan.BenchesOf(scenario))
            return _benches.Count;
        await LeaveAsync();
        say($"{scenario.Name}: making services ready");
        _open = plan.BenchesOf(scenario);
        for (var i = 0; i < _open.Count; i++)
            _benches.Add(await open(_open.Nodes, stop));
        await WarmUpAsync(scenario.Arms(values)[0], stop);
        return _benches.Count;
    }

    // As the arms will run: on all benches, in all lanes at once; the slowest bench counts.
    public async Task<IReadOnlyDictionary<string, double>> CapacityAsync(Scenario scenario, Values values, CancellationToken stop)
    {
        if (scenario.Capacity(values) is not { } arm)
            return new Dictionary<string, double>();
        say($"{scenario.Name}: measuring capacity");
        var measured = await Task.WhenAll(_benches.Select(bench => new ArmRunner(bench, time).CapacityAsync(arm, stop)));
        return arm.Lanes.ToDictionary(lane => lane, lane => measured.Min(one => one[lane]));
    }

    public Task<IReadOnlyList<LaneRun>> RunAsync(
        int bench, Scenario scenario, Values values, Arm arm, long seed, CancellationToken stop) =>
        new ArmRunner(_benches[bench], time).RunAsync(arm, seed, stop);

    public async Task LeaveAsync()
    {
        var leaving = _benches.ToList();
        _benches.Clear();
        await Task.WhenAll(leaving.Select(LeaveAsync));
    }

    // The first requests of a process compile its code; they are not what a scenario asks about.
    async Task WarmUpAsync(Arm arm, CancellationToken stop)
    {
        arm = arm with
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
            throw new RunFailedException(
                $"the services on {bench.ServiceA} could not be reset, and may still have a fault of the run: {failure.Message}");
        }
        finally
        {
            await bench.DisposeAsync();
        }
    }
}
