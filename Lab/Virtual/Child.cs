using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Stage;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Virtual;

/// <summary>What is to be done in a world of its own.</summary>
[JsonDerivedType(typeof(ArmOrder), "arm")]
[JsonDerivedType(typeof(TypedOrder), "typed")]
[JsonDerivedType(typeof(RecordOrder), "record")]
abstract record Order(long Seed);

/// <summary>An arm to run.</summary>
/// <param name="Values">Of the parameters of the scenario.</param>
/// <param name="CapacityPerS">As it was measured before, by lane.</param>
/// <param name="Arm">Its name; null: the arm under which capacity is measured.</param>
sealed record ArmOrder(
    string Scenario, IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, double> CapacityPerS, string? Arm, long Seed) : Order(Seed)
{
    /// <summary>Without the scenario, which whoever reads it knows.</summary>
    public override string ToString() => Arm is null ? "capacity" : $"{Arm}, seed {Seed}";
}

/// <summary>Commands of a document to type.</summary>
sealed record TypedOrder(IReadOnlyList<string> Lines, long Seed) : Order(Seed)
{
    public override string ToString() => $"{string.Join("; ", Lines)}, seed {Seed}";
}

/// <summary>An act to record.</summary>
/// <param name="Arm">Null: all, one after the other.</param>
/// <param name="Path">Of the file, which must not be there yet.</param>
sealed record RecordOrder(string Scenario, string? Arm, string Path) : Order(Seed: 1)
{
    public override string ToString() => $"{Scenario}{(Arm is null ? "" : $", {Arm}")}";
}

/// <summary>What came of it: what was asked for, or why nothing did.</summary>
/// <param name="Thresholds">Of the last load that was typed.</param>
/// <param name="Knobs">As <c>GET /knobs</c> answered before it.</param>
/// <param name="RecordedS">How long the recording is.</param>
/// <param name="Refusal">Why a service did not take what it was told, where that is the failure.</param>
sealed record Delivery(
    IReadOnlyList<LaneRun>? Runs = null, IReadOnlyDictionary<string, double>? CapacityPerS = null, IReadOnlyList<LoadTest.Verdict>? Thresholds = null,
    JsonObject? Knobs = null, double? RecordedS = null, string? Failure = null, string? Refusal = null)
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
                {
                    var delivery = await world.Drive(DeliverAsync(world, order));
                    done.SetResult(world.Errors is [var error, ..] ? new(Failure: $"a service has logged an error: {error}") : delivery);
                }
            }
            catch (Exception e)
            {
                done.SetResult(new(Failure: e is RunFailedException ? e.Message : $"{e}", Refusal: (e as RefusedException)?.Why));
            }
        }, null);
        if (Moves(() => world?.Clock.GetTimestamp(), () => Environment.CpuUsage.TotalTime, done.Task, patience))
            return done.Task.GetAwaiter().GetResult();
        errors.WriteLine($"{order}: the clock stands still, at {world?.Where}");
        return null;
    }

    /// <summary>
    /// Waits until the work is done; false as soon as its clock stands still: while it does not move, either so much processor time is
    /// used as patience is, or for so long none at all. On a full machine a process may get little, and is not at fault.
    /// </summary>
    /// <param name="used">Processor time of this process.</param>
    internal static bool Moves(Func<long?> now, Func<TimeSpan> used, Task work, TimeSpan patience)
    {
        var none = patience / 1_000;
        var (last, atMove, atLook) = (now(), used(), used());
        while (!work.Wait(patience))
        {
            var present = used();
            if (now() is var moved && moved != last)
                (last, atMove) = (moved, present);
            else if (present - atMove >= patience || present - atLook < none)
                return false;
            atLook = present;
        }
        return true;
    }

    static Task<Delivery> DeliverAsync(World world, Order order) => order switch
    {
        TypedOrder typed => DeliverAsync(world, typed),
        RecordOrder record => DeliverAsync(world, record),
        _ => DeliverAsync(world, (ArmOrder)order),
    };

    static async Task<Delivery> DeliverAsync(World world, RecordOrder order)
    {
        var choice = new ActChoice(Catalogue.Find(order.Scenario)!, order.Arm);
        await using var bench = await VirtualBench.StartAsync(world, nodes: 1, CancellationToken.None);
        return new(RecordedS: await RecordedAct.WriteAsync(world, bench, choice, order.Path));
    }

    static async Task<Delivery> DeliverAsync(World world, TypedOrder order)
    {
        await using var bench = await VirtualBench.StartAsync(world, nodes: 1, CancellationToken.None);
        var (thresholds, knobs) = await new TypedWorld(bench, world.Clock, order.Seed).TypeAsync(order.Lines);
        return new(Thresholds: thresholds, Knobs: knobs);
    }

    static async Task<Delivery> DeliverAsync(World world, ArmOrder order)
    {
        var scenario = Catalogue.Find(order.Scenario)!;
        var values = Values.Of(scenario, order.Values.Select(one => new Assignment(one.Key, one.Value)), []).With(order.CapacityPerS);
        await using var bench = await VirtualBench.StartAsync(world, scenario.Nodes, CancellationToken.None);
        var runner = new ArmRunner(bench, world.Clock);
        if (order.Arm is null)
            return new(CapacityPerS: await runner.CapacityAsync(scenario.Capacity(values)!, CancellationToken.None));
        var arm = scenario.Arms(values).Single(arm => arm.Name == order.Arm);
        return new(Runs: await runner.RunAsync(arm, order.Seed, CancellationToken.None));
    }
}
