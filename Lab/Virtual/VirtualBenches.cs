using System.Collections.Concurrent;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Virtual;

/// <summary>
/// Benches in virtual time: each is a child process, and for each arm and seed there is a world of its own in one of them.
/// So what comes of an arm depends neither on what ran before it nor on how many run beside it.
/// </summary>
/// <param name="count">More than there are cores are no faster.</param>
sealed class VirtualBenches(int count) : IBenches
{
    // Measured on one core: a child starts, and compiles in its first world; both lanes together; what a request costs in vain is less
    const double StartS = 2.5, RequestsPerS = 3_500;

    readonly ChildProcess?[] _children = new ChildProcess?[count];

    public string Words => "virtual time";

    public double EstimateS(RunPlan plan) => StartS + plan.Scenarios
        .Sum(one => one.Scenario.Arms(one.Values).Sum(arm => (double)arm.Requests * arm.Lanes.Count))
        * plan.Seeds.Count / RequestsPerS / Math.Min(count, Environment.ProcessorCount);

    public Task<int> OpenAsync(RunPlan plan, Scenario scenario, Values values, CancellationToken stop) => Task.FromResult(count);

    public Task<IReadOnlyDictionary<string, double>> CapacityAsync(Scenario scenario, Values values, CancellationToken stop) =>
        CapacityAsync(0, scenario, values, stop);

    /// <summary>The same, on one of them.</summary>
    public async Task<IReadOnlyDictionary<string, double>> CapacityAsync(int bench, Scenario scenario, Values values, CancellationToken stop)
    {
        if (scenario.Capacity(values) is null)
            return new Dictionary<string, double>();
        var delivery = await AskAsync(bench, new ArmOrder(scenario.Name, values.Texts, values.CapacityPerS, Arm: null, Seed: 1), stop);
        return Sound(delivery).CapacityPerS!;
    }

    public async Task<IReadOnlyList<LaneRun>> RunAsync(
        int bench, Scenario scenario, Values values, Arm arm, long seed, CancellationToken stop)
    {
        var delivery = await AskAsync(bench, new ArmOrder(scenario.Name, values.Texts, values.CapacityPerS, arm.Name, seed), stop);
        return Sound(delivery).Runs!;
    }

    /// <summary>What came of it where something did.</summary>
    public static Delivery Sound(Delivery delivery) => delivery.Failure is { } failure ? throw new RunFailedException(failure) : delivery;

    /// <summary>Works these off, as many at a time as there are benches.</summary>
    /// <returns>In their order, failures among them.</returns>
    public async Task<IReadOnlyList<Delivery>> AllAsync(IReadOnlyList<Order> orders, CancellationToken stop)
    {
        var (waiting, done) = (new ConcurrentQueue<int>(Enumerable.Range(0, orders.Count)), new Delivery[orders.Count]);
        await Task.WhenAll(Enumerable.Range(0, count).Select(async bench =>
        {
            while (waiting.TryDequeue(out var index))
                done[index] = await AskAsync(bench, orders[index], stop);
        }));
        return done;
    }

    public Task LeaveAsync()
    {
        for (var i = 0; i < count; i++)
            End(i);
        return Task.CompletedTask;
    }

    async Task<Delivery> AskAsync(int index, Order order, CancellationToken stop)
    {
        var child = _children[index] ??= ChildProcess.Start();
        try
        {
            var delivery = await child.AskAsync(order, stop);
            if (child.IsUsedUp)
                End(index);
            return delivery.Failure is { } failure ? delivery with { Failure = $"{order}: {failure}" } : delivery;
        }
        catch
        {
            End(index); // it may be anywhere in its world
            throw;
        }
    }

    void End(int index) => Interlocked.Exchange(ref _children[index], null)?.Dispose();
}
