using TinyResilient.Lab.Peers;
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
    static readonly TimeSpan quietLimit = TimeSpan.FromSeconds(30);
    static readonly TimeSpan patience = TimeSpan.FromSeconds(2);
    static readonly TimeSpan quietPause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan stillness = TimeSpan.FromMilliseconds(500);

    int _kills;
    ProxyProcess? _proxy;

    /// <exception cref="RunFailedException">A service died, or does not answer.</exception>
    public async Task<IReadOnlyList<LaneRun>> RunAsync(Arm arm, long seed, CancellationToken stop)
    {
        try
        {
            // Before the faults, whose time begins when they are set.
            await using var proxy = _proxy = await bench.StartProxyAsync(arm, stop);
            await bench.Controls.PrepareAsync(arm, seed, stop);
            var runs = await DriveAsync(arm, seed, stop);
            if ((bench.Death() ?? proxy?.Death()) is { } death)
                throw new RunFailedException(death);
            var states = await bench.Controls.StatesAsync(stop); // as the load left the workers
            return await Task.WhenAll(runs.Select(run => CloseAsync(arm, run, states, stop)));
        }
        catch (RunFailedException failure)
        {
            // That a service does not answer is less than that it is dead.
            throw await bench.DeathAsync() is { } death ? new RunFailedException(death) : failure;
        }
    }

    /// <summary>Completed requests per second of each lane when both always have more work than they can do.</summary>
    public async Task<IReadOnlyDictionary<string, double>> CapacityAsync(Arm arm, CancellationToken stop)
    {
        await bench.Controls.PrepareAsync(arm, seed: 1, stop);
        var lanes = await Task.WhenAll(arm.Lanes.Select(async lane => (lane, await CapacityAsync(arm, lane, stop))));
        return lanes.ToDictionary();
    }

    async Task<double> CapacityAsync(Arm arm, string lane, CancellationToken stop)
    {
        using var handler = bench.NewLoadHandler();
        var result = await new LoadRunner(time) { Handler = handler }.RunAsync(
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
        var ends = Task.WhenAll(KillAsync(arm, seed, loaded.Token, stop), ProbeAsync(arm, seed, loaded.Token, stop));
        var runs = await Task.WhenAll(arm.Lanes.Select(lane => DriveAsync(arm, lane, seed, stop)));
        await loaded.CancelAsync();
        await ends;
        stop.ThrowIfCancellationRequested();
        return runs;
    }

    async Task<LaneMeter> DriveAsync(Arm arm, string lane, long seed, CancellationToken stop)
    {
        var meter = new LaneMeter(lane, seed, arm);
        using var handler = bench.NewLoadHandler();
        var runner = new LoadRunner(time)
        {
            OnSample = meter.Add,
            Handler = handler,
        };
        var options = new LoadOptions
        {
            Url = _proxy?.Url ?? new Uri(bench.ServiceA, Lane.Path(lane)),
            Seed = seed,
            Arrivals = arm.Arrivals,
            Retries = arm.ClientRetries,
            Stages = [arm.Load],
        };
        meter.Result = await runner.RunAsync(options, null, stop);
        return meter;
    }

    /// <param name="loaded">Nobody is killed after the load.</param>
    /// <param name="stop">Who was killed is started again, unless the whole run is to end.</param>
    async Task KillAsync(Arm arm, long seed, CancellationToken loaded, CancellationToken stop)
    {
        if (arm.Kill is not { } kill)
            return;
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(kill.AtS), time, loaded);
            await KillAsync(arm, kill.Node, kill.DownS, seed, stop);
        }
        catch (OperationCanceledException) when (loaded.IsCancellationRequested)
        {
            // It has not come to that.
        }
    }

    async Task ProbeAsync(Arm arm, long seed, CancellationToken loaded, CancellationToken stop)
    {
        if (arm.Probe is not { } probe)
            return;
        try
        {
            var failures = 0;
            for (var number = 1; ; number++)
            {
                await Task.Delay(TimeSpan.FromSeconds(probe.EveryS), time, loaded);
                failures = await bench.Controls.IsDoneAsync($"probe-{seed}-{number}", time, loaded) ? 0 : failures + 1;
                if (failures < probe.Failures)
                    continue;
                await KillAsync(arm, node: 0, downS: 0, seed, stop);
                failures = 0;
            }
        }
        catch (OperationCanceledException) when (loaded.IsCancellationRequested)
        {
            // The load is over.
        }
    }

    async Task KillAsync(Arm arm, int node, double downS, long seed, CancellationToken stop)
    {
        bench.Kill(node);
        _kills++;
        await Task.Delay(TimeSpan.FromSeconds(downS), time, stop);
        // It forgets what was set live: the arm's knobs are those of its start, and its faults are set again.
        await bench.RestartAsync(node, arm.Knobs.Append(new("SEED", seed)));
        await bench.ReadyAsync(stop);
        await bench.Controls.BreakAsync(arm, stop);
    }

    async Task<LaneRun> CloseAsync(Arm arm, LaneMeter meter, ServiceStates states, CancellationToken stop) =>
        meter.Close(await QuietBooksAsync(meter.Lane, stop), states, arm.EndsProcesses ? _kills : null, bench.IsExact);

    // Attempts that their caller has given up may still be on their way, and some never end: the books are read when nothing
    // in them has changed for a while. A long queue is worked off by more workers: the next arm must not find it.
    async Task<Books> QuietBooksAsync(string lane, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        var (last, since, isHurried) = (await ReadBooksAsync(lane, stop), began, false);
        while (time.GetElapsedTime(since) < stillness && time.GetElapsedTime(began) < quietLimit)
        {
            if (!isHurried && time.GetElapsedTime(began) > patience)
            {
                isHurried = true;
                await bench.Controls.HurryAsync(stop);
            }
            await Task.Delay(quietPause, time, stop);
            var now = await ReadBooksAsync(lane, stop);
            if ($"{now}" != $"{last}")
                (last, since) = (now, time.GetTimestamp());
        }
        return last;
    }

    async Task<Books> ReadBooksAsync(string lane, CancellationToken stop) =>
        new(_proxy is null ? await bench.Controls.GatewayLedgerAsync(lane, stop) : null, await bench.Controls.PoolLedgersAsync(lane, stop));
}
