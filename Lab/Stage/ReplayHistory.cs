namespace TinyResilient.Lab.Stage;

/// <summary>The history as it was at each instant of a recording: every frame brings what is new in it.</summary>
sealed class ReplayHistory
{
    const int MostSeconds = 600, MostEvents = 200;

    readonly Queue<Second> _seconds = [];
    readonly Queue<StageEvent> _events = [];
    IReadOnlyList<Mark> _marks = [];
    IReadOnlyList<FinishedArm> _arms = [];
    long _lastSecondMs = long.MinValue, _lastSeq = long.MinValue;

    public History Now => new([.. _seconds], [.. _events], _marks, _arms);

    public void Take(RecordingLine line)
    {
        if (line.History is { } before)
        {
            Add(before.Seconds, before.Events);
            (_marks, _arms) = (before.Marks, before.Arms);
        }
        if (line.Kept is { } kept)
            (_marks, _arms) = (kept.Marks, kept.Arms);
        if (line.Frame is { } frame)
            Add(frame.Seconds, frame.Events);
    }

    public void Clear()
    {
        _seconds.Clear();
        _events.Clear();
        (_marks, _arms, _lastSecondMs, _lastSeq) = ([], [], long.MinValue, long.MinValue);
    }

    void Add(IEnumerable<Second> seconds, IEnumerable<StageEvent> events)
    {
        foreach (var second in seconds.Where(second => second.TMs > _lastSecondMs).ToList())
        {
            _lastSecondMs = second.TMs;
            Keep(_seconds, MostSeconds, second);
        }
        foreach (var one in events.Where(one => one.Seq > _lastSeq).ToList())
        {
            _lastSeq = one.Seq;
            Keep(_events, MostEvents, one);
        }
    }

    static void Keep<T>(Queue<T> ring, int most, T one)
    {
        ring.Enqueue(one);
        if (ring.Count > most)
            ring.Dequeue();
    }
}
