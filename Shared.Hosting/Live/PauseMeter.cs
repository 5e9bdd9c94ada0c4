namespace TinyResilient.Shared.Hosting;

/// <summary>
/// How long this process has stood still at the most: by so much a timer came late, because the machine was busy or paused, the
/// collector at work, or no thread free. What took longer meanwhile says nothing of a policy.
/// </summary>
public sealed class PauseMeter : IDisposable
{
    /// <summary>Between two looks at the clock.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    readonly TimeProvider time;
    readonly Lock gate = new();
    readonly ITimer timer;
    TimeSpan longest;
    long lookedAt;

    public PauseMeter(TimeProvider time)
    {
        (this.time, lookedAt) = (time, time.GetTimestamp());
        timer = time.CreateTimer(_ => Look(), null, Period, Period);
    }

    /// <summary>Since the start or the last reset, one that is just over or still lasts included.</summary>
    public TimeSpan Longest
    {
        get
        {
            lock (gate)
            {
                Look();
                return longest;
            }
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            Look();
            longest = TimeSpan.Zero;
        }
    }

    public void Dispose() => timer.Dispose();

    void Look()
    {
        lock (gate)
        {
            var now = time.GetTimestamp();
            var late = time.GetElapsedTime(lookedAt, now) - Period;
            (lookedAt, longest) = (now, late > longest ? late : longest);
        }
    }
}
