namespace TinyResilient.Shared.Hosting;

/// <summary>
/// How late a timer comes in this process, because the machine was busy or paused, the collector at work, or no thread free:
/// at the most, when it stood still, and on average, when all of it is slow. What took longer meanwhile says nothing of a policy.
/// </summary>
public sealed class PauseMeter : IDisposable
{
    /// <summary>After which the timer is due, each time from when it came last.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    readonly TimeProvider time;
    readonly Lock gate = new();
    readonly ITimer timer;
    TimeSpan longest, sum;
    long armedAt;
    int times;

    public PauseMeter(TimeProvider time)
    {
        this.time = time;
        timer = time.CreateTimer(_ => Came(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Reset();
    }

    /// <summary>Since the start or the last reset, one that still lasts included.</summary>
    public TimeSpan Longest
    {
        get
        {
            lock (gate) return Longer(longest, Late);
        }
    }

    /// <summary>On average, since the start or the last reset; zero before it came once.</summary>
    public TimeSpan MeanLateness
    {
        get
        {
            lock (gate) return times == 0 ? TimeSpan.Zero : sum / times;
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            (longest, sum, times) = (TimeSpan.Zero, TimeSpan.Zero, 0);
            Arm();
        }
    }

    public void Dispose() => timer.Dispose();

    // A timer is due in whole milliseconds of a coarser clock, and may be early.
    TimeSpan Late => Longer(time.GetElapsedTime(armedAt) - Period, TimeSpan.Zero);

    void Came()
    {
        lock (gate)
        {
            (longest, sum, times) = (Longer(longest, Late), sum + Late, times + 1);
            Arm();
        }
    }

    // Anew each time: one that repeats itself makes up for having been late, and all that is late alike would not be seen.
    void Arm()
    {
        armedAt = time.GetTimestamp();
        timer.Change(Period, Timeout.InfiniteTimeSpan);
    }

    static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
