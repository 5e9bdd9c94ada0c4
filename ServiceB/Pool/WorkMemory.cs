using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>
/// What a pool's policies remember: answers of work that was done (IDEMPOTENCY), crashes by request id (QUARANTINE_AFTER),
/// and how long work takes (EXPIRY_MARGIN). Kept outside of the pool, so that a restart of it forgets nothing.
/// </summary>
public sealed class WorkMemory
{
    const int MostIds = 100_000;

    // The mean follows a change within some thousand pieces of work
    const int MeanOver = 1_000;

    readonly NewestIds<WorkAnswer> answers = new(MostIds);
    readonly NewestIds<int> crashes = new(MostIds);
    long measured;

    /// <summary>Mean time of work that was done; zero before the first.</summary>
    public TimeSpan MeanServiceTime { get; private set; }

    public void Done(string requestId, WorkAnswer answer) => answers.Set(requestId, answer);

    public WorkAnswer? AnswerOf(string requestId) => answers.Find(requestId);

    public void Crashed(string requestId) => crashes.Set(requestId, crashes.Find(requestId) + 1);

    public int CrashesOf(string requestId) => crashes.Find(requestId);

    public void Took(TimeSpan serviceTime) =>
        MeanServiceTime += (serviceTime - MeanServiceTime) / Math.Min(++measured, MeanOver);

    public void Reset()
    {
        answers.Clear();
        crashes.Clear();
        (MeanServiceTime, measured) = (TimeSpan.Zero, 0);
    }
}

/// <summary>A value for each of the newest request ids; an older id is forgotten.</summary>
public sealed class NewestIds<T>(int capacity)
{
    readonly Dictionary<string, T> known = [];
    readonly Queue<string> oldestFirst = [];

    public T? Find(string requestId) => known.GetValueOrDefault(requestId);

    public void Set(string requestId, T value)
    {
        if (!known.ContainsKey(requestId))
            oldestFirst.Enqueue(requestId);
        known[requestId] = value;
        if (oldestFirst.Count > capacity)
            known.Remove(oldestFirst.Dequeue());
    }

    public void Clear()
    {
        known.Clear();
        oldestFirst.Clear();
    }
}
