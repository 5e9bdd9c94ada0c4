namespace TinyResilient.Lab.Stage;

/// <summary>What happened, in plain words: the newest 200 events, and the newest 100 marks. Safe to call from any thread.</summary>
sealed class EventLog(StageClock clock)
{
    const int MostEvents = 200, MostMarks = 100;

    readonly Lock _gate = new();
    readonly Queue<StageEvent> _events = [];
    readonly Queue<Mark> _marks = [];
    long _seq;

    public void Add(EventKind kind, string? lane, string text)
    {
        lock (_gate)
            Keep(_events, MostEvents, new(++_seq, clock.NowMs, kind, lane, text));
    }

    /// <summary>A labelled line in the chart, which is an event as well.</summary>
    public void Mark(string text)
    {
        lock (_gate)
        {
            Keep(_marks, MostMarks, new(clock.NowMs, text));
            Add(EventKind.Mark, null, text);
        }
    }

    /// <summary>The newest, the newest last.</summary>
    public IReadOnlyList<StageEvent> Newest(int most = MostEvents)
    {
        lock (_gate)
            return [.. _events.TakeLast(most)];
    }

    public IReadOnlyList<Mark> Marks
    {
        get
        {
            lock (_gate)
                return [.. _marks];
        }
    }

    static void Keep<T>(Queue<T> ring, int most, T one)
    {
        ring.Enqueue(one);
        if (ring.Count > most)
            ring.Dequeue();
    }
}
