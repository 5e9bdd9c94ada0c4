namespace TinyResilient.ServiceA.Upstream;

/// <summary>One ServiceB node as one lane sees it: its name, its breaker's state, and what became of the attempts at it.</summary>
public abstract class UpstreamNode(string address)
{
    /// <summary>host:port, as the lane reaches it.</summary>
    public string Address => address;
    public abstract IAttemptLedger Ledger { get; }

    /// <summary>The breaker that counts for it now.</summary>
    public abstract ILaneBreaker LaneBreaker { get; }

    /// <summary><c>closed</c>, <c>open</c> or <c>half_open</c>.</summary>
    public string BreakerState => LaneBreaker.State;

    /// <summary>Until its open breaker lets a probe through; null unless it is open.</summary>
    public TimeSpan? ProbeIn => LaneBreaker.ProbeIn;

    /// <summary>Host name that ServiceB gave itself, once it is known.</summary>
    public abstract string? Host { get; }

    /// <summary>Whether the lane holds a connection to it; null in a lane that connects when it needs to.</summary>
    public virtual bool? HasConnection => null;

    /// <summary>Whether it takes attempts, as far as the lane knows.</summary>
    public virtual bool IsAvailable => true;

    /// <summary>Puts a closed breaker in place where its knobs have changed.</summary>
    public abstract void Tune(GatewayKnobs knobs);
}

/// <summary>
/// Whose turn it is: first attempts go round by themselves, so that retries cannot get in step with them; a retry begins
/// with the node after the one that failed.
/// </summary>
public sealed class NodesInTurn<TNode>(IReadOnlyList<TNode> nodes) where TNode : UpstreamNode
{
    long turn = -1;

    public IReadOnlyList<TNode> All => nodes;

    /// <summary>Every available node once.</summary>
    /// <param name="avoid">The node that was tried before; it comes last.</param>
    public IEnumerable<TNode> From(UpstreamNode? avoid)
    {
        var first = 0;
        if (avoid is null) first = (int)(Interlocked.Increment(ref turn) % nodes.Count);
        else while (nodes[first++] != avoid) continue;
        for (var next = 0; next < nodes.Count; next++)
        {
            var node = nodes[(first + next) % nodes.Count];
            if (node.IsAvailable) yield return node;
        }
    }
}
