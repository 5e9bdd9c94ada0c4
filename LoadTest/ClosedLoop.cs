namespace TinyResilient.LoadTest;

/// <summary>
/// Sends as fast as the target answers: each client waits for its answer before it asks again.
/// While the target stalls nothing is sent, so its figures hide the stall; it is here to show that.
/// </summary>
sealed class ClosedLoop(
    LoadOptions options, int clients, LoadRun run, TimeProvider clock)
{
    // Against a dead server it would otherwise do nothing but connect, as fast as it can
    static readonly TimeSpan PauseWithoutAnswer = TimeSpan.FromMilliseconds(100);

    long lastNumber;
    long lastWarmUpNumber;

    public Task SendAsync() => Task.WhenAll(
        Enumerable.Range(0, clients).Select(_ => Task.Run(ClientAsync, CancellationToken.None)));

    async Task ClientAsync()
    {
        while (run.Now is var now && now < options.Duration && !run.IsStopped)
        {
            ref var last = ref now < TimeSpan.Zero ? ref lastWarmUpNumber : ref lastNumber;
            var answer = await run.SendAsync(new Shot(Interlocked.Increment(ref last), now));
            if (answer is { Outcome: Outcome.NoAnswer })
            {
                await Task.Delay(PauseWithoutAnswer, clock, CancellationToken.None);
            }
        }
    }
}
