using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>
/// Counts work that was done once and work that was done again, by request id. Remembers the newest ids only (as 64-bit
/// hashes: among a million ids two collide with a probability of about 3 in 100 million); an older id counts as new.
/// </summary>
public sealed class EffectsLedger(int capacity = 1_000_000)
{
    readonly HashSet<ulong> known = [];
    readonly Queue<ulong> oldestFirst = [];

    public long Unique { get; private set; }
    public long Duplicate { get; private set; }

    /// <summary>Notes that the work of a request was done. True where it had been done before.</summary>
    public bool Done(string requestId)
    {
        var id = Draw.Hash(requestId);
        if (!known.Add(id))
        {
            Duplicate++;
            return true;
        }
        Unique++;
        oldestFirst.Enqueue(id);
        if (oldestFirst.Count > capacity)
            known.Remove(oldestFirst.Dequeue());
        return false;
    }

    public void Reset()
    {
        known.Clear();
        oldestFirst.Clear();
        (Unique, Duplicate) = (0, 0);
    }
}
