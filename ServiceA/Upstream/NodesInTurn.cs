namespace TinyResilient.ServiceA.Upstream;

/// <summary>The attempts at all nodes of a lane that ever were, at one moment.</summary>
/// <param name="Nodes">Those that have gone, then those that are there; each once, also while one is leaving or coming back.</param>
/// <param name="Older">The sum of those that went before; their names are forgotten.</param>
public sealed record LaneBooks(IReadOnlyList<UpstreamNode> Nodes, AttemptCounts Older);

/// <summary>The ServiceB nodes of a lane: those that are there, and the books of those that have gone.</summary>
public interface ILaneNodes
{
    IReadOnlyList<UpstreamNode> Present { get; }

    LaneBooks Books { get; }

    /// <summary>Empties the books of all.</summary>
    void ResetBooks();

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
    /// <summary>So many nodes that have gone keep books of their own, or more while anything is in flight there.</summary>
    public const int KeptOfGone = 16;

    readonly Lock gate = new();
    volatile Members members = new([.. nodes], [], AttemptCounts.None);
    GatewayKnobs? tuned;
    long turn = -1;

    public IReadOnlyList<TNode> Present => members.Present;
    public IReadOnlyList<TNode> Gone => members.Gone;
    public IReadOnlyList<TNode> All => members.All;
    IReadOnlyList<UpstreamNode> ILaneNodes.Present => Present;

    public LaneBooks Books
    {
        get
        {
            var now = members;
            return new(now.All, now.Older);
        }
    }

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
            var (present, gone, older) = members;
            if (present.FirstOrDefault(node => node.Address == address) is { } known) return known;
            var back = gone.FirstOrDefault(node => node.Address == address);
            var node = back ?? make();
            if (tuned is not null) node.Tune(tuned);
            back?.ShowPresence(true);
            members = new([.. present, node], [.. gone.Where(one => one != node)], older);
            return node;
        }
    }

    public void Leave(string address)
    {
        lock (gate)
        {
            var (present, gone, older) = members;
            if (present.FirstOrDefault(node => node.Address == address) is not { } node) return;
            node.ShowPresence(false);
            members = Folded(new([.. present.Where(one => one != node)], [.. gone, node], older));
        }
    }

    public void ResetBooks()
    {
        lock (gate)
        {
            foreach (var node in members.All)
                node.Ledger.Reset();
            members = members with { Older = AttemptCounts.None };
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

    // The oldest go first; one at which something is in flight stays, because its counts will still change.
    static Members Folded(Members all)
    {
        var old = all.Gone.SkipLast(KeptOfGone).Select(node => (Node: node, Counts: node.Ledger.Counts()))
            .Where(one => one.Counts.InFlight == 0).ToArray();
        foreach (var (node, _) in old)
            node.Forget();
        return all with
        {
            Gone = [.. all.Gone.Except(old.Select(one => one.Node))],
            Older = old.Aggregate(all.Older, (sum, one) => sum + one.Counts),
        };
    }

    sealed record Members(TNode[] Present, TNode[] Gone, AttemptCounts Older)
    {
        public TNode[] All => [.. Gone, .. Present];
    }
}
