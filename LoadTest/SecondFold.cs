namespace TinyResilient.LoadTest;

/// <summary>Folds the samples of one second of a run.</summary>
sealed class SecondFold
{
    // Two digits: a long run keeps one histogram for each of its seconds
    readonly Latencies response = new(digits: 2);
    Tally counts;
    double? lagMaxMs;

    public void Add(in Sample sample)
    {
        counts = counts.With(sample.Answer);
        response.Add(sample.Response);
        lagMaxMs = Math.Max(lagMaxMs ?? 0, sample.Lag.TotalMilliseconds);
    }

    public void AddDropped() => counts = counts with { Dropped = counts.Dropped + 1 };

    public SecondRow Row(int number) => new(number, counts, response.Summary(), lagMaxMs);
}
