namespace TinyResilient.LoadTest;

/// <summary>Waits until instants of a run, one after the other.</summary>
interface IPacer
{
    /// <summary>False when stopped before.</summary>
    ValueTask<bool> WaitUntil(TimeSpan instant);
}

/// <summary>
/// Waits by the timers of a clock that is not the machine's: exactly, where that clock is exact.
/// Task.Delay would cut to whole milliseconds.
/// </summary>
sealed class TimerPacer(Func<TimeSpan> now, TimeProvider clock, CancellationToken stop) : IPacer
{
    public async ValueTask<bool> WaitUntil(TimeSpan instant)
    {
        while (!stop.IsCancellationRequested && instant - now() is { Ticks: > 0 } left)
        {
            var due = new TaskCompletionSource();
            using var stopped = stop.UnsafeRegister(_ => due.TrySetResult(), null);
            await using var timer = clock.CreateTimer(_ => due.TrySetResult(), null, left, Timeout.InfiniteTimeSpan);
            await due.Task;
        }

        return !stop.IsCancellationRequested;
    }
}
