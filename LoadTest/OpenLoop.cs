namespace TinyResilient.LoadTest;

/// <summary>
/// Sends every request of a schedule at its instant, whatever became of those before it. It never
/// waits for an answer; a request beyond the cap is dropped and counted.
/// </summary>
sealed class OpenLoop(LoadOptions options, LoadRun run, CancellationToken stop)
{
    // A thread of its own: on the pool, the sending would queue behind the answers
    public Task SendAsync() => Task.Factory.StartNew(
        Send, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    void Send()
    {
        var pacer = new Pacer(() => run.Now, stop);
        foreach (var shot in new LoadSchedule(options).Shots())
        {
            if (!pacer.WaitUntil(shot.At) || run.IsStopped)
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
