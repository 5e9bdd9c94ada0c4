namespace TinyResilient.Lab.Model;

/// <summary>What a breaker by ratio remembers: calls in slices of a tenth of its window, of which the oldest is dropped whole.</summary>
sealed class ModelWindow(RatioBreaker rule, Timeline timeline)
{
    const int Slices = 10;

    readonly Queue<Slice> slices = [];
    Slice? newest;
    int calls, failures;

    /// <summary>Counts a call. Only a failure can be what opens the breaker.</summary>
    public bool Trips(bool failed)
    {
        if (newest is null || timeline.Now - newest.Start >= rule.Window / Slices)
            slices.Enqueue(newest = new(timeline.Now));
        while (timeline.Now - slices.Peek().Start >= rule.Window)
        {
            var oldest = slices.Dequeue();
            (calls, failures) = (calls - oldest.Calls, failures - oldest.Failures);
        }

        newest.Calls++;
        calls++;
        if (!failed) return false;
        newest.Failures++;
        failures++;
        return calls >= rule.MinimumCalls && failures >= rule.Ratio * calls;
    }

    public void Clear()
    {
        slices.Clear();
        (newest, calls, failures) = (null, 0, 0);
    }

    sealed class Slice(double start)
    {
        public double Start => start;
        public int Calls { get; set; }
        public int Failures { get; set; }
    }
}
