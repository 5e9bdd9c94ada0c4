using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Processes;

/// <summary>
/// Keeps one service running: starts it, says when it is ready and when it dies, and starts it again after
/// a pause that everybody can see. It never gives up and never hides a death.
/// </summary>
/// <param name="start">Starts a new process of the service.</param>
/// <param name="changed">Called when there is a new process, or none any more.</param>
/// <param name="died">Called with the news of a death.</param>
sealed class Supervisor(Service service, Uri ready, Func<ServiceProcess> start, Action changed, Action<string> died,
    Readiness readiness, Screen screen, TimeProvider time) : IDisposable
{
    /// <summary>A little more than ServiceA's default TOTAL_TIMEOUT_S, so that no request is cut off.</summary>
    static readonly TimeSpan stopLimit = TimeSpan.FromSeconds(12);

    static readonly TimeSpan second = TimeSpan.FromSeconds(1);

    readonly RestartSchedule _schedule = new();
    readonly Lock _gate = new();
    CancellationTokenSource? _pause;
    ServiceProcess? _process;
    long _started;

    public Service Service => service;

    /// <summary>Null while there is none.</summary>
    public ProcessIdentity? Identity =>
        _process is { Exited.IsCompleted: false } running ? running.Identity : null;

    public void Start()
    {
        _process?.Dispose();
        _started = time.GetTimestamp();
        _process = start();
        changed();
    }

    /// <summary>Waits for the first time that the service is ready.</summary>
    /// <returns>Null, or why it did not become ready, with the exit code that says so.</returns>
    public async Task<(int Code, string Reason)?> StartUpAsync(CancellationToken stopping)
    {
        var complaint = await ReadyAsync(stopping);
        if (_process!.Exited.IsCompletedSuccessfully)
        {
            var code = await _process.Exited;
            return (code == ExitCode.Usage ? ExitCode.Usage : ExitCode.Failed,
                $"{service.Name} ended while it started ({Words(code)}){_process.Said}");
        }
        return complaint is null ? null
            : (ExitCode.Failed,
                $"{service.Name} is not ready after {Readiness.Limit.TotalSeconds} s: it {complaint}.");
    }

    /// <summary>Returns when stopping is asked for, whatever the service does until then.</summary>
    public async Task KeepRunningAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var code = await _process!.Exited.WaitAsync(stopping);
                changed();
                died($"{service.Name} died ({Words(code)})");
                await PauseAsync(code, stopping);
                Start();
                if (await ReadyAsync(stopping) is { } complaint)
                    screen.Say($"{service.Name} is not ready: it {complaint}.");
                else
                    screen.Say($"{service.Name} is ready again.");
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // As it should be.
        }
    }

    /// <param name="now">Kills the service at once.</param>
    public async Task StopAsync(CancellationToken now)
    {
        if (_process is not { } process || await process.StopAsync(stopLimit, now))
            return;
        var why = now.IsCancellationRequested ? "you asked twice" : "it did not end by itself";
        screen.Say($"{service.Name} was killed: {why}.");
    }

    /// <summary>Ends the pause before a dead service is started again, if it is in one.</summary>
    public void StartAtOnce()
    {
        lock (_gate)
            _pause?.Cancel();
    }

    public void Dispose() => _process?.Dispose();

    async Task PauseAsync(int code, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        lock (_gate)
            _pause = ended;
        try
        {
            await CountDownAsync(code, ended.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            screen.Say($"{service.Name} starts again now, as somebody asked for it");
        }
        finally
        {
            lock (_gate)
                _pause = null;
        }
    }

    async Task CountDownAsync(int code, CancellationToken ended)
    {
        var pause = _schedule.PauseAfter(time.GetElapsedTime(_started));
        screen.Say($"{service.Name} died ({Words(code)}); it starts again in {pause.TotalSeconds} s, "
            + "with the knobs of its start.");
        var left = (int)Math.Ceiling(pause.TotalSeconds);
        foreach (var next in RestartSchedule.Countdown(pause).Skip(1).Append(0))
        {
            await Task.Delay((left - next) * second, time, ended);
            left = next;
            screen.Say(left > 0 ? $"{service.Name} starts again in {left} s" : $"{service.Name} starts again now");
        }
    }

    // Ends early, with a complaint, when the process ends.
    async Task<string?> ReadyAsync(CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var answer = readiness.WaitAsync(ready, either.Token);
        if (await Task.WhenAny(answer, _process!.Exited) == answer)
            return await answer;
        await either.CancelAsync();
        return "ended";
    }

    static string Words(int code) => ExitWords.Of(code, OperatingSystem.IsWindows());
}
