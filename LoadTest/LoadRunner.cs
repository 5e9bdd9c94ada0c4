namespace TinyResilient.LoadTest;

/// <summary>How far a run is.</summary>
/// <param name="Elapsed">From the start of the counted run: negative while warming up.</param>
/// <param name="InFlight">Requests under way.</param>
/// <param name="Counts">Of the requests that have ended.</param>
public sealed record LoadProgress(TimeSpan Elapsed, int InFlight, Tally Counts);

/// <summary>
/// Drives load against an address and measures it. An open loop sends each request at its intended
/// instant, whatever became of those before it, and after the last it waits for every answer.
/// Nothing that the target does ends the run; stopping it does, and gives what was measured until
/// then.
/// </summary>
public sealed class LoadRunner(TimeProvider clock)
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    /// <summary>Told of each counted request when it has ended, one at a time.</summary>
    public Action<Sample>? OnSample { get; init; }

    /// <summary>What requests go out through; null: sockets. It is left to whoever made it.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>Runs to the end of the schedule and of the drain, or until stopped.</summary>
    /// <param name="options">What to send, and where.</param>
    /// <param name="progress">Told about four times a second.</param>
    /// <param name="stop">Ends the run early; the result then says so.</param>
    /// <param name="stopSending">Ends the sending early, and lets what is under way end.</param>
    public async Task<LoadResult> RunAsync(
        LoadOptions options, IProgress<LoadProgress>? progress = null,
        CancellationToken stop = default, CancellationToken stopSending = default)
    {
        options = options with
        {
            MaxInFlight = Math.Min(options.MaxInFlight, OpenFiles.Connections),
            Clients = options.Clients is { } n ? Math.Min(n, OpenFiles.Connections) : null,
        };
        using var target = new Target(options.Url, options.Timeout, clock, Handler);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, stopSending);
        var run = new LoadRun(options, target, clock, OnSample, stop, either.Token);
        var running = run.RunAsync();
        using var timer = new PeriodicTimer(Tick, clock);
        do
        {
            var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
            await Task.WhenAny(running, tick);
            progress?.Report(run.Progress());
        }
        while (!running.IsCompleted); // so its end is told, however short it was

        return await running;
    }
}
