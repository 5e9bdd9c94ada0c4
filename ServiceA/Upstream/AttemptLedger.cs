using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// The attempts at one node of lane <c>actor</c>. An attempt is open until ServiceB's answer to it arrives, however late; an answer that
/// arrives after its node had been given up moves the attempt from gone to where it belongs. Safe to call from any thread.
/// Longer than two slides, because every entry moves between the same counts under the same lock.
/// </summary>
public sealed class AttemptLedger(TimeProvider time) : IAttemptLedger
{
    static readonly TimeSpan lostAfter = TimeSpan.FromMinutes(5);
    static readonly TimeSpan sweepEvery = TimeSpan.FromSeconds(10);
    readonly Lock gate = new();
    readonly Dictionary<long, Open> open = [];
    readonly long[] answered = new long[Enum.GetValues<WorkOutcome>().Length];
    long sent, gone, lost, wasted, sweptAt = time.GetTimestamp();
    int openAndGone;

    public void Sent(long callId)
    {
        lock (gate)
        {
            sent++;
            open[callId] = new Open(time.GetTimestamp());
            if (time.GetElapsedTime(sweptAt) > sweepEvery) Sweep();
        }
    }

    /// <summary>Nobody waits for the answer to this attempt any more.</summary>
    public void GivenUp(long callId)
    {
        lock (gate)
        {
            if (open.TryGetValue(callId, out var entry)) entry.IsGivenUp = true;
        }
    }

    /// <summary>ServiceB has answered an attempt, in time or late.</summary>
    public void Answered(long callId, WorkOutcome outcome)
    {
        lock (gate)
        {
            if (!open.Remove(callId, out var entry)) return;
            answered[(int)outcome]++;
            if (entry.IsGone) (gone, openAndGone) = (gone - 1, openAndGone - 1);
            if (entry.IsGivenUp && outcome == WorkOutcome.Completed) wasted++;
        }
    }

    /// <summary>The node, or the way to it, is gone, and with it all attempts that are open.</summary>
    public void NodeGone()
    {
        lock (gate)
        {
            foreach (var entry in open.Values)
                GoWithNode(entry);
        }
    }

    /// <summary>This attempt was sent to a node that was just then given up.</summary>
    public void NodeGone(long callId)
    {
        lock (gate)
        {
            if (open.TryGetValue(callId, out var entry)) GoWithNode(entry);
        }
    }

    /// <summary>No answer to this attempt will be heard any more.</summary>
    public void Lost(long callId)
    {
        lock (gate)
        {
            if (open.TryGetValue(callId, out var entry)) Lose(callId, entry);
        }
    }

    public AttemptCounts Counts()
    {
        lock (gate)
        {
            Sweep();
            return AttemptCounts.Of(sent, answered, gone, lost, unsent: 0, open.Count - openAndGone, wasted);
        }
    }

    public void Reset()
    {
        lock (gate)
        {
            foreach (var (callId, _) in open.Where(entry => entry.Value.IsGivenUp).ToList())
                open.Remove(callId);
            Array.Clear(answered);
            (sent, gone, lost, wasted, openAndGone) = (open.Count, 0, 0, 0, 0);
        }
    }

    void GoWithNode(Open entry)
    {
        if (entry.IsGone) return;
        (entry.IsGone, entry.IsGivenUp) = (true, true);
        (gone, openAndGone) = (gone + 1, openAndGone + 1);
    }

    void Sweep()
    {
        sweptAt = time.GetTimestamp();
        foreach (var (callId, entry) in open.Where(entry => time.GetElapsedTime(entry.Value.SentAt) > lostAfter).ToList())
            Lose(callId, entry);
    }

    void Lose(long callId, Open entry)
    {
        open.Remove(callId);
        if (entry.IsGone) openAndGone--;
        else lost++;
    }

    sealed class Open(long sentAt)
    {
        public long SentAt => sentAt;
        public bool IsGivenUp { get; set; }
        public bool IsGone { get; set; }
    }
}
