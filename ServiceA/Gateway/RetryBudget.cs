using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>
/// How many retries and hedges a lane may add to what its callers ask for: within ten seconds at most a share of the
/// requests, or of the successes. Pure: what time it is comes in as a number. Safe to call from any thread.
/// </summary>
public sealed class RetryBudget
{
    public const string Requests = "requests", Successes = "successes";

    const double WindowMs = 10_000, SliceMs = 100;
    readonly Lock gate = new();
    readonly Queue<Slice> slices = [];
    readonly Slice sum = new(0);
    Slice newest = new(0);

    public void Requested(double nowMs)
    {
        lock (gate) Add(nowMs, requests: 1);
    }

    public void Succeeded(double nowMs)
    {
        lock (gate) Add(nowMs, successes: 1);
    }

    /// <summary>Takes one retry or hedge out of the budget. False where that would be more than the rule allows.</summary>
    public bool TryTake(Proportion rule, double nowMs)
    {
        lock (gate)
        {
            Add(nowMs);
            var allowed = rule.Of switch
            {
                Requests => rule.Share * sum.Requests,
                Successes => rule.Share * sum.Successes,
                _ => double.PositiveInfinity,
            };
            if (sum.Retries + 1 > allowed) return false;
            Add(nowMs, retries: 1);
            return true;
        }
    }

    void Add(double nowMs, int requests = 0, int successes = 0, int retries = 0)
    {
        while (slices.TryPeek(out var oldest) && oldest.AtMs <= nowMs - WindowMs)
        {
            slices.Dequeue();
            sum.Add(-oldest.Requests, -oldest.Successes, -oldest.Retries);
        }
        if (slices.Count == 0 || nowMs >= newest.AtMs + SliceMs)
            slices.Enqueue(newest = new Slice(nowMs));
        newest.Add(requests, successes, retries);
        sum.Add(requests, successes, retries);
    }

    sealed class Slice(double atMs)
    {
        public double AtMs => atMs;
        public long Requests { get; private set; }
        public long Successes { get; private set; }
        public long Retries { get; private set; }

        public void Add(long requests, long successes, long retries)
        {
            Requests += requests;
            Successes += successes;
            Retries += retries;
        }
    }
}
