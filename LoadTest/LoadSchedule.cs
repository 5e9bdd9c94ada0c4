namespace TinyResilient.LoadTest;

/// <summary>One request of a schedule.</summary>
/// <param name="Number">From 1, apart for warm-up and run.</param>
/// <param name="At">Intended instant, from the start of the counted run: negative while warming
/// up.</param>
public readonly record struct Shot(long Number, TimeSpan At)
{
    /// <summary>False for a request that only warms up.</summary>
    public bool Counted => At >= TimeSpan.Zero;
}

/// <summary>
/// Says when each request is due: exactly rate x duration requests (rounded up) in the half-open
/// interval [0, duration) of each stage. It never sees a clock, and never adds up gaps: an instant
/// is computed from the start of its stage, so that errors cannot accumulate. The same seed gives
/// the same instants.
/// </summary>
public sealed class LoadSchedule(LoadOptions options)
{
    const long Step = TimeSpan.TicksPerMicrosecond * 10;

    /// <summary>Counted requests of the whole schedule.</summary>
    public long Count => options.Stages.Sum(stage => stage.Requests);

    /// <summary>All requests in the order of their instants, the warm-up first.</summary>
    public IEnumerable<Shot> Shots()
    {
        // Two sources: the counted instants must not depend on whether there was a warm-up
        var seed = options.Seed.GetHashCode();
        var warmUp = new Stage(options.WarmUp, options.Stages[0].Rate);
        var notCounted = Numbered(warmUp, -options.WarmUp, new Random(~seed));
        return notCounted.Concat(Counted(new Random(seed)));
    }

    IEnumerable<Shot> Counted(Random chance)
    {
        long before = 0;
        var start = TimeSpan.Zero;
        foreach (var stage in options.Stages)
        {
            foreach (var shot in Numbered(stage, start, chance))
            {
                yield return shot with { Number = before + shot.Number };
            }

            before += stage.Requests;
            start += stage.Duration;
        }
    }

    IEnumerable<Shot> Numbered(Stage stage, TimeSpan start, Random chance) =>
        Instants(stage, chance).Select((at, i) => new Shot(i + 1, start + at));

    IEnumerable<TimeSpan> Instants(Stage stage, Random chance) =>
        options.Arrivals == Arrivals.Even ? Even(stage) : Poisson(stage, chance);

    static IEnumerable<TimeSpan> Even(Stage stage)
    {
        var count = stage.Requests;
        for (long i = 0; i < count; i++)
        {
            var ticks = i * TimeSpan.TicksPerSecond / (decimal)stage.Rate;
            yield return TimeSpan.FromTicks((long)ticks);
        }
    }

    // A Poisson process whose count is given is that many independent uniform instants. Here they
    // come already sorted: the least of k uniforms on the rest of the stage lies at 1 - U^(1/k) of
    // it. In whole 10 µs: the last bit of a power, which machines do not compute alike, decides nothing.
    static IEnumerable<TimeSpan> Poisson(Stage stage, Random chance)
    {
        var passed = 0.0;
        for (var left = stage.Requests; left > 0; left--)
        {
            passed += (1 - passed) * (1 - Math.Pow(1 - chance.NextDouble(), 1.0 / left));
            yield return TimeSpan.FromTicks((long)(passed * (stage.Duration.Ticks - 1)) / Step * Step);
        }
    }
}
