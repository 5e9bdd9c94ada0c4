namespace TinyResilient.Shared.Messages;

/// <summary>The clock of <see cref="DoWork.SentMs"/>: it never goes back, and means nothing in another process.</summary>
public static class MonotonicClock
{
    /// <summary>Milliseconds on this process's monotonic clock.</summary>
    public static double MonotonicMs(this TimeProvider time) => time.GetTimestamp() * 1000.0 / time.TimestampFrequency;
}
