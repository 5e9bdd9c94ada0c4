namespace ProcessSpecs.Harness;

/// <summary>Waits for a fact, never for a time: asks again until it holds, and fails at the limit.</summary>
static class Until
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);

    /// <summary>The first value that is wanted.</summary>
    /// <exception cref="TimeoutException">Names the fact and the last value seen.</exception>
    public static async Task<T> Fact<T>(string fact, Func<Task<T>> look, Func<T, bool> isWanted)
    {
        var time = TimeProvider.System;
        var began = time.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (isWanted(seen))
                return seen;
            if (time.GetElapsedTime(began) > Limit)
                throw new TimeoutException($"waited {Limit.TotalSeconds} s for: {fact}; last seen: {seen}");
            await Task.Delay(pause, time);
        }
    }

    public static Task Fact(string fact, Func<Task<bool>> holds) => Fact(fact, holds, seen => seen);

    public static Task Fact(string fact, Func<bool> holds) =>
        Fact(fact, () => Task.FromResult(holds()), seen => seen);
}
