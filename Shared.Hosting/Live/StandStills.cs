using System.Text.Json.Serialization;

namespace TinyResilient.Shared.Hosting;

/// <summary>The process stood still once: paused, swapped out, or starved.</summary>
/// <param name="Number">From 1, in the life of the process.</param>
/// <param name="ForMs">How long.</param>
/// <param name="NotCounted">What ran out because of it, and is held against nobody.</param>
public sealed record StandStill(int Number, double ForMs, int NotCounted)
{
    [JsonIgnore]
    public string Words => FormattableString.Invariant($"stood still for {ForMs / 1_000:0.#} s");
}

/// <summary>When a process stood still: the newest twenty times. Pure: instants come in as times since its start.</summary>
sealed class StandStills
{
    /// <summary>What is shorter is the ordinary life of a process: a collection, a busy machine.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(0.5);

    const int Most = 20;

    // So long after it went on, all that it made late has been heard of
    static readonly TimeSpan settled = TimeSpan.FromSeconds(1);

    readonly LinkedList<(StandStill Seen, TimeSpan From, TimeSpan Until)> newest = [];
    int count, told;

    public IReadOnlyList<StandStill> Newest => [.. newest.Select(one => one.Seen)];

    /// <param name="stillFor">At the least.</param>
    /// <param name="from">When it was last seen to run.</param>
    /// <param name="until">When it was seen to run again.</param>
    public void Add(TimeSpan stillFor, TimeSpan from, TimeSpan until)
    {
        newest.AddLast((new(++count, Math.Round(stillFor.TotalMilliseconds), NotCounted: 0), from, until));
        if (newest.Count > Most) newest.RemoveFirst();
    }

    /// <summary>How much of the time since then it stood still.</summary>
    public TimeSpan Since(TimeSpan instant) => newest.Aggregate(TimeSpan.Zero, (sum, one) =>
        one.Until <= instant ? sum : sum + (one.Until - (one.From > instant ? one.From : instant)));

    /// <summary>Something ran out because of the newest.</summary>
    public void NotCounted()
    {
        var (seen, from, until) = newest.Last!.Value;
        newest.Last.Value = (seen with { NotCounted = seen.NotCounted + 1 }, from, until);
    }

    /// <summary>The next that has not been told of, once it has its final numbers; else null.</summary>
    public StandStill? Tell(TimeSpan now)
    {
        if (told == count) return null;
        var next = newest.First(one => one.Seen.Number > told);
        if (now - next.Until < settled) return null;
        told = next.Seen.Number;
        return next.Seen;
    }
}
