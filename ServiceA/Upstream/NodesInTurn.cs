namespace TinyResilient.ServiceA.Upstream;

/// <summary>The ServiceB nodes of a lane: those that are there, and the books of those that have gone.</summary>
public interface ILaneNodes
{
    IReadOnlyList<UpstreamNode> Present { get; }

    /// <summary>Those that have gone, then those that are there; each once, also while one is leaving or coming back.</summary>
    IReadOnlyList<UpstreamNode> All { get; }

    /// <summary>Tunes every node, and from now on every one that joins.</summary>
    void Tune(GatewayKnobs knobs);
}

/// <summary>
/// The nodes of a lane, and whose turn it is: first attempts go round by themselves, so that retries cannot get in step with
/// them; a retry begins with the node after the one that failed. Nodes join and leave at any time; whoever is choosing then
/// sees the nodes of before or of afterwards. No attempt goes to a node that has left, and no count goes with it.
/// </summary>
public sealed class NodesInTurn<TNode>(IEnumerable<TNode> nodes) : ILaneNodes where TNode : UpstreamNode
{
    readonly Lock gate = new();
    volatile Members members = new([.. nodes], []);
    GatewayKnobs? tuned;
    long turn = -1;

    public IReadOnlyList<TNode> Present => members.Present;
    public IReadOnlyList<TNode> Gone => members.Gone;
    public IReadOnlyList<TNode> All => members.All;
    IReadOnlyList<UpstreamNode> ILaneNodes.Present => Present;
    IReadOnlyList<UpstreamNode> ILaneNodes.All => All;

    /// <summary>Every available node once.</summary>
    /// <param name="avoid">The node that was tried before; it comes last.</param>
    public IEnumerable<TNode> From(UpstreamNode? avoid)
    {
        var all = members.Present;
        if (all.Length == 0) yield break;
        var first = avoid is null
            ? (int)(Interlocked.Increment(ref turn) % all.Length)
            : Array.IndexOf(all, avoid) + 1; // the first where it has left
        for (var next = 0; next < all.Length; next++)
        {
            var node = all[(first + next) % all.Length];
            if (node.IsAvailable) yield return node;
        }
    }

    /// <summary>A node has come, or has come back: then it goes on in its old books.</summary>
    public TNode Join(string address, Func<TNode> make)
    {
        lock (gate)
        {
            var (present, gone) = members;
            if (present.FirstOrDefault(node => node.Address == address) is { } known) return known;
            var back = gone.FirstOrDefault(node => node.Address == address);
            var node = back ?? make();
            if (tuned is not null) node.Tune(tuned);
            back?.IsThere = true;
            members = new([.. present, node], [.. gone.Where(one => one != node)]);
            return node;
        }
    }

    public void Leave(string address)
    {
        lock (gate)
        {
            var (present, gone) = members;
            if (present.FirstOrDefault(node => node.Address == address) is not { } node) return;
            node.IsThere = false;
            members = new([.. present.Where(one => one != node)], [.. gone, node]);
        }
    }

    public void Tune(GatewayKnobs knobs)
    {
        lock (gate)
        {
            tuned = knobs;
            foreach (var node in All)
                node.Tune(knobs);
        }
    }

    sealed record Members(TNode[] Present, TNode[] Gone)
    {
        public TNode[] All => [.. Gone, .. Present];
    }
}
