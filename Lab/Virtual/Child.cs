using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Virtual;

/// <summary>One arm to run in a world of its own.</summary>
/// <param name="Values">Of the parameters of the scenario.</param>
/// <param name="CapacityPerS">As it was measured before, by lane.</param>
/// <param name="Arm">Its name; null: the arm under which capacity is measured.</param>
sealed record Order(
    string Scenario, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, double> CapacityPerS, string? Arm, long Seed)
{
    /// <summary>Without the scenario, which whoever reads it knows.</summary>
    public override string ToString() => Arm is null ? "capacity" : $"{Arm}, seed {Seed}";
}

/// <summary>What came of it: one of these.</summary>
sealed record Delivery(IReadOnlyList<LaneRun>? Runs, IReadOnlyDictionary<string, double>? CapacityPerS, string? Failure)
{
    /// <summary>For orders and deliveries: a measure may be no number.</summary>
    public static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };
}

/// <summary>
/// The child process: works off orders from standard input, a line each, one world at a time, and ends with its input.
/// </summary>
static class Child
{
    // A world of minutes takes seconds, and its clock moves all the time
    static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    /// <returns>The exit code.</returns>
    public static int Run(TextReader orders, TextWriter deliveries, TextWriter errors)
    {
        if (!Pump.Prepare())
        {
            errors.WriteLine("this system does not let a process have one thread in its pool, which virtual time needs: run with --real");
            return ExitCode.Failed;
        }
        // Ctrl-C reaches all processes of a terminal; whoever gave the orders decides
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        while (orders.ReadLine() is { } line)
        {
            var order = JsonSerializer.Deserialize<Order>(line, Delivery.Json)!;
            if (Deliver(order, errors) is not { } delivery)
                return ExitCode.Failed;
            deliveries.WriteLine(JsonSerializer.Serialize(delivery, Delivery.Json));
            deliveries.Flush();
        }
        return 0;
    }

    // Null: it stands still.
    static Delivery? Deliver(Order order, TextWriter errors)
    {
        var done = new TaskCompletionSource<Delivery>(TaskCreationOptions.RunContinuationsAsynchronously);
        World? world = null;
        ThreadPool.UnsafeQueueUserWorkItem(async _ =>
        {
            try
            {
                using (world = new World())
                    done.SetResult(await world.Drive(DeliverAsync(world, order)));
            }
            catch (Exception e)
            {
                done.SetResult(new(null, null, e is RunFailedException ? e.Message : $"{e}"));
            }
        }, null);
        for (long? last = null; !done.Task.Wait(patience);)
        {
            var now = world?.Clock.GetTimestamp();
            if (now == last)
            {
                errors.WriteLine($"{order}: the clock has stood still for {patience.TotalSeconds} s, at {world?.Where}");
                return null;
            }
            last = now;
        }
        return done.Task.GetAwaiter().GetResult();
    }

    static async Task<Delivery> DeliverAsync(World world, Order order)
    {
        var scenario = Catalogue.Find(order.Scenario)!;
        var values = Values.Of(scenario, order.Values.Select(one => new Assignment(one.Key, one.Value)), []).With(order.CapacityPerS);
        await using var bench = await VirtualBench.StartAsync(world, scenario.Nodes, CancellationToken.None);
        var runner = new ArmRunner(bench, world.Clock);
        if (order.Arm is null)
            return new(null, await runner.CapacityAsync(scenario.Capacity(values)!, CancellationToken.None), null);
        var arm = scenario.Arms(values).Single(arm => arm.Name == order.Arm);
        return new(await runner.RunAsync(arm, order.Seed, CancellationToken.None), null, null);
    }
}
