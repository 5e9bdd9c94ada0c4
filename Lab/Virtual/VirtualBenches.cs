using System.Collections.Concurrent;
using System.Threading.Channels;
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
    // Measured: children start, and compile in their first world; both lanes together on one core, with judging and report
    const double StartS = 5, RequestsPerS = 2_500;

    readonly Channel<ChildProcess?> _free = Places(count);
    readonly ConcurrentDictionary<ChildProcess, bool> _all = [];

    public string Words => "virtual time";

    public double EstimateS(RunPlan plan) => StartS + plan.Scenarios
        .Sum(one => one.Scenario.Arms(one.Values).Sum(arm => (double)arm.Requests * arm.Lanes.Count))
        * plan.Seeds.Count / RequestsPerS / Math.Min(count, Environment.ProcessorCount);

    public Task<int> OpenAsync(RunPlan plan, Scenario scenario, Values values, CancellationToken stop) => Task.FromResult(count);

    public async Task<IReadOnlyDictionary<string, double>> CapacityAsync(Scenario scenario, Values values, CancellationToken stop)
    {
        if (scenario.Capacity(values) is null)
            return new Dictionary<string, double>();
        var delivery = await AskAsync(new ArmOrder(scenario.Name, values.Texts, values.CapacityPerS, Arm: null, Seed: 1), stop);
        return Sound(delivery).CapacityPerS!;
    }

    /// <param name="bench">Whichever is free.</param>
    public async Task<IReadOnlyList<LaneRun>> RunAsync(
        int bench, Scenario scenario, Values values, Arm arm, long seed, CancellationToken stop)
    {
        var delivery = await AskAsync(new ArmOrder(scenario.Name, values.Texts, values.CapacityPerS, arm.Name, seed), stop);
        return Sound(delivery).Runs!;
    }

    /// <summary>What came of it where something did.</summary>
    public static Delivery Sound(Delivery delivery) => delivery switch
    {
        { Refusal: { } why } => throw new RefusedException(delivery.Failure!, why),
        { Failure: { } failure } => throw new RunFailedException(failure),
        _ => delivery,
    };

    /// <summary>Works these off.</summary>
    /// <returns>In their order, failures among them.</returns>
    public async Task<IReadOnlyList<Delivery>> AllAsync(IEnumerable<Order> orders, CancellationToken stop) =>
        await Task.WhenAll(orders.Select(order => AskAsync(order, stop)));

    public Task LeaveAsync()
    {
        foreach (var child in _all.Keys)
            End(child);
        return Task.CompletedTask;
    }

    async Task<Delivery> AskAsync(Order order, CancellationToken stop)
    {
        var child = await _free.Reader.ReadAsync(stop);
        try
        {
            if (child is null)
                _all[child = ChildProcess.Start()] = true;
            var delivery = await child.AskAsync(order, stop);
            if (child.IsUsedUp)
                child = End(child);
            return delivery.Failure is { } failure ? delivery with { Failure = $"{order}: {failure}" } : delivery;
        }
        catch
        {
            child = child is null ? null : End(child); // it may be anywhere in its world
            throw;
        }
        finally
        {
            _free.Writer.TryWrite(child);
        }
    }

    ChildProcess? End(ChildProcess child)
    {
        if (_all.TryRemove(child, out _))
            child.Dispose();
        return null;
    }

    // Null: a child is started when there is work for it.
    static Channel<ChildProcess?> Places(int count)
    {
        var places = Channel.CreateUnbounded<ChildProcess?>();
        for (var i = 0; i < count; i++)
            places.Writer.TryWrite(null);
        return places;
    }
}
