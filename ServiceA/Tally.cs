namespace TinyResilient.ServiceA;

/// <summary>
/// How many began, and how they ended, counted without a lock. What has begun and not ended is in flight, so the numbers balance whenever
/// they are read. Safe to call from any thread.
/// </summary>
/// <param name="ends">How many ways there are to end.</param>
public sealed class Tally(int ends)
{
    readonly long[] ended = new long[ends];
    long[] endedBefore = new long[ends];
    long began;

    public void Began() => Interlocked.Increment(ref began);

    /// <param name="how">0 to ends - 1.</param>
    public void Ended(int how) => Interlocked.Increment(ref ended[how]);

    /// <summary>Since the last reset.</summary>
    public (long Began, long[] Ended, long InFlight) Read()
    {
        var before = Volatile.Read(ref endedBefore);
        var now = EndedByNow();
        var inFlight = Volatile.Read(ref began) - now.Sum(); // read last: nothing has ended that had not begun
        var since = now.Zip(before, (all, old) => all - old).ToArray();
        return (since.Sum() + inFlight, since, inFlight);
    }

    /// <summary>Forgets what has ended; what is in flight counts as begun again.</summary>
    public void Reset() => Volatile.Write(ref endedBefore, EndedByNow());

    long[] EndedByNow() => [.. Enumerable.Range(0, ends).Select(how => Volatile.Read(ref ended[how]))];
}
