namespace TinyResilient.Shared.Hosting;

/// <summary>
/// How late a timer comes in this process, because the machine was busy or paused, the collector at work, or no thread free:
/// at the most, when it stood still, and on average, when all of it is slow. What took longer meanwhile says nothing of a
/// policy, and what ran out meanwhile nothing of who was waited for.
/// </summary>
public sealed class PauseMeter : IDisposable
{
    /// <summary>After which the timer is due, each time from when it came last.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    readonly TimeProvider time;
    readonly long start;
    readonly Lock gate = new();
    readonly ITimer timer;
    readonly StandStills stoodStill = new();
    TimeSpan longest, sum, armedAt;
    int times;

    public PauseMeter(TimeProvider time)
    {
        (this.time, start) = (time, time.GetTimestamp());
        timer = time.CreateTimer(_ => Came(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Reset();
    }

    /// <summary>The process went on a second ago, after it had stood still for half a second or longer.</summary>
    public event Action<StandStill>? WentOn;

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

    /// <summary>The newest times that it stood still for half a second or longer; a reset leaves them.</summary>
    public IReadOnlyList<StandStill> StoodStill
    {
        get
        {
            lock (gate)
            {
                Notice();
                return stoodStill.Newest;
            }
        }
    }

    /// <summary>How much of the time since then the process ran.</summary>
    public TimeSpan RanSince(long timestamp)
    {
        lock (gate)
        {
            Notice();
            return Ran(timestamp);
        }
    }

    /// <summary>
    /// Whether something ran out because the process stood still: it has been waited for less than its time, and the
    /// standing still was at least half as long as that. Counted where it is so.
    /// </summary>
    /// <param name="began">When all of it began: standing still before the wait may have cut its time.</param>
    /// <param name="waitedSince">Since when it was waited for.</param>
    /// <param name="limit">The time that it should have had.</param>
    public bool Excuses(long began, long waitedSince, TimeSpan limit)
    {
        lock (gate)
        {
            Notice();
            if (Ran(waitedSince) >= limit || stoodStill.Since(At(began)) < limit / 2) return false;
            stoodStill.NotCounted();
            return true;
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            Notice();
            (longest, sum, times) = (TimeSpan.Zero, TimeSpan.Zero, 0);
            Arm();
        }
    }

    public void Dispose() => timer.Dispose();

    TimeSpan Now => At(time.GetTimestamp());

    // A timer is due in whole milliseconds of a coarser clock, and may be early.
    TimeSpan Late => Longer(Now - armedAt - Period, TimeSpan.Zero);

    TimeSpan At(long timestamp) => time.GetElapsedTime(start, timestamp);

    TimeSpan Ran(long timestamp) => Now - At(timestamp) - stoodStill.Since(At(timestamp));

    // When the process goes on, all its timers are due, ours among them: whoever asks first must not miss it.
    void Notice()
    {
        if (Late >= StandStills.Least) Measure();
    }

    void Came()
    {
        StandStill? told;
        lock (gate)
        {
            Measure();
            told = stoodStill.Tell(Now);
        }
        if (told is not null) WentOn?.Invoke(told);
    }

    void Measure()
    {
        var late = Late;
        if (late >= StandStills.Least) stoodStill.Add(late, from: armedAt, until: Now);
        (longest, sum, times) = (Longer(longest, late), sum + late, times + 1);
        Arm();
    }

    // Anew each time: one that repeats itself makes up for having been late, and all that is late alike would not be seen.
    void Arm()
    {
        armedAt = Now;
        timer.Change(Period, Timeout.InfiniteTimeSpan);
    }

    static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
