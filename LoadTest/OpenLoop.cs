namespace TinyResilient.LoadTest;

/// <summary>
/// Sends every request of a schedule at its instant, whatever became of those before it. It never
/// waits for an answer; a request beyond the cap is dropped and counted.
/// </summary>
sealed class OpenLoop(LoadOptions options, LoadRun run, TimeProvider clock, CancellationToken stop)
{
    public Task SendAsync() => clock == TimeProvider.System
        // A thread of its own: on the pool, the sending would queue behind the answers
        ? Task.Factory.StartNew(
            () => Send(new Pacer(() => run.Now, stop)),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()
        : Send(new TimerPacer(() => run.Now, clock, stop));

    async Task Send(IPacer pacer)
    {
        foreach (var shot in new LoadSchedule(options).Shots())
        {
            if (!await pacer.WaitUntil(shot.At) || run.IsStopped)
            {
                return;
            }

            if (run.InFlight < options.MaxInFlight)
            {
                _ = run.SendAsync(shot);
            }
            else if (shot.Counted)
            {
                run.Drop(shot);
            }
        }
    }
}
