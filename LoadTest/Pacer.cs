using System.Runtime.InteropServices;

namespace TinyResilient.LoadTest;

/// <summary>
/// Holds its thread until an instant. Timers of .NET wake up milliseconds late, which a load
/// generator would report as latency of the server: so this waits coarsely first, and finely for
/// the last stretch.
/// </summary>
public sealed class Pacer(Func<TimeSpan> now, CancellationToken stop) : IPacer
{
    // What a coarse wait may take too long: a tick of the system's clock
    static readonly TimeSpan Coarse =
        TimeSpan.FromMilliseconds(OperatingSystem.IsWindows() ? 16 : 2);

    // WaitOne takes at most 24 days
    static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>
    /// Returns at the instant or as soon after it as the system allows; false when stopped before.
    /// </summary>
    public bool WaitUntil(TimeSpan instant)
    {
        while (!stop.IsCancellationRequested)
        {
            var left = instant - now();
            if (left <= TimeSpan.Zero)
            {
                return true;
            }

            if (left > Coarse)
            {
                var coarse = left - Coarse;
                stop.WaitHandle.WaitOne(coarse < Longest ? coarse : Longest);
            }
            else
            {
                WaitFinely(left);
            }
        }

        return false;
    }

    ValueTask<bool> IPacer.WaitUntil(TimeSpan instant) => new(WaitUntil(instant));

    static void WaitFinely(TimeSpan left)
    {
        if (OperatingSystem.IsWindows())
        {
            Thread.Yield();
        }
        else
        {
            var nanoseconds = left.Ticks * TimeSpan.NanosecondsPerTick;
            var time = new TimeSpec { Nanoseconds = (nint)nanoseconds };
            _ = Nanosleep(time, 0); // woken early by a signal: the caller looks at the clock again
        }
    }

    // .NET has no wait shorter than a millisecond
    [DllImport("libc", EntryPoint = "nanosleep")]
    static extern int Nanosleep(in TimeSpec requested, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
