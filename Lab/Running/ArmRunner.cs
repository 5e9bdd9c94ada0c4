using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Running;

/// <summary>
/// Runs one arm for one seed on one bench: sets it up, drives both lanes at once, waits until the books are quiet, reads
/// them, and reconciles client, ServiceA and ServiceB.
/// </summary>
sealed class ArmRunner(Bench bench, TimeProvider time)
{
    static readonly TimeSpan quietLimit = TimeSpan.FromSeconds(15);
    static readonly TimeSpan quietPause = TimeSpan.FromMilliseconds(50);

    /// <exception cref="RunFailedException">A service died, or does not answer.</exception>
    public async Task<IReadOnlyList<LaneRun>> RunAsync(Arm arm, long seed, CancellationToken stop)
    {
        try
        {
            await bench.Controls.PrepareAsync(arm, seed, stop);
            var runs = await DriveAsync(arm, seed, stop);
            if (bench.Death() is { } death)
                throw new RunFailedException(death);
            return await Task.WhenAll(runs.Select(run => CloseAsync(arm, run, stop)));
        }
        catch (RunFailedException failure)
        {
            // That a service does not answer is less than that it is dead.
            throw await bench.DeathAsync() is { } death ? new RunFailedException(death) : failure;
        }
    }

    /// <summary>Completed requests per second of a lane when it always has more work than it can do.</summary>
    public async Task<double> CapacityAsync(Arm arm, string lane, CancellationToken stop)
    {
        await bench.Controls.PrepareAsync(arm, seed: 1, stop);
        var result = await new LoadRunner(time).RunAsync(
            new LoadOptions
            {
                Url = new Uri(bench.ServiceA, Lane.Path(lane)),
                Seed = 1,
                Clients = 4 * Convert.ToInt32(arm.Knobs["WORKERS"]),
                Stages = [new(TimeSpan.FromSeconds(arm.Seconds), 0)],
            },
            null, stop);
        stop.ThrowIfCancellationRequested();
        // The first second warms up.
        var whole = result.Seconds.Where(second => second.Second >= 1 && second.Second < (int)arm.Seconds).ToList();
        return whole.Count == 0 ? 0 : whole.Average(second => second.Counts.Succeeded);
    }

    async Task<LaneMeter[]> DriveAsync(Arm arm, long seed, CancellationToken stop)
    {
        using var loaded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var kill = KillAsync(arm.Kill, loaded.Token, stop);
        var runs = await Task.WhenAll(arm.Lanes.Select(lane => DriveAsync(arm, lane, seed, stop)));
        await loaded.CancelAsync();
        await kill;
        stop.ThrowIfCancellationRequested();
        return runs;
    }

    async Task<LaneMeter> DriveAsync(Arm arm, string lane, long seed, CancellationToken stop)
    {
        var meter = new LaneMeter(lane, seed, arm);
        var runner = new LoadRunner(time)
        {
            OnSample = meter.Add,
        };
        var options = new LoadOptions
        {
            Url = new Uri(bench.ServiceA, Lane.Path(lane)),
            Seed = seed,
            Arrivals = arm.Arrivals,
            Retries = arm.ClientRetries,
            Stages = [new(TimeSpan.FromSeconds(arm.Seconds), arm.Rate)],
        };
        meter.Result = await runner.RunAsync(options, null, stop);
        return meter;
    }

    /// <param name="loaded">Nobody is killed after the load.</param>
    /// <param name="stop">Who was killed is started again, unless the whole run is to end.</param>
    async Task KillAsync(Kill? kill, CancellationToken loaded, CancellationToken stop)
    {
        if (kill is null)
            return;
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(kill.AtS), time, loaded);
            bench.Kill(kill.Node);
            await Task.Delay(TimeSpan.FromSeconds(kill.DownS), time, stop);
            await bench.RestartAsync(kill.Node);
            await bench.ReadyAsync(stop);
        }
        catch (OperationCanceledException) when (loaded.IsCancellationRequested)
        {
            // It has not come to that.
        }
    }

    async Task<LaneRun> CloseAsync(Arm arm, LaneMeter meter, CancellationToken stop)
    {
        var books = await QuietBooksAsync(meter.Lane, stop);
        var states = await bench.Controls.PoolStatesAsync(meter.Lane, stop);
        return meter.Close(books, states, isKilled: arm.Kill is not null);
    }

    // Attempts that their caller has given up may still be on their way.
    async Task<Books> QuietBooksAsync(string lane, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var books = new Books(await bench.Controls.GatewayLedgerAsync(lane, stop), await bench.Controls.PoolLedgersAsync(lane, stop));
            if (books.IsQuiet || time.GetElapsedTime(began) > quietLimit)
                return books;
            await Task.Delay(quietPause, time, stop);
        }
    }
}
