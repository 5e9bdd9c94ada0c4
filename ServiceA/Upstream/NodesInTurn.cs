namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// The nodes of a lane, and whose turn it is: first attempts go round by themselves, so that retries cannot get in step with
/// them; a retry begins with the node after the one that failed. Nodes join and leave at any time; whoever is choosing then
/// sees the nodes of before or of afterwards. No attempt goes to a node that has left, and no count goes with it.
/// </summary>
public sealed class NodesInTurn<TNode>(IEnumerable<TNode> nodes) : ILaneNodes where TNode : UpstreamNode
{
    readonly Lock gate = new();
    volatile LaneMembers<TNode> members = new([.. nodes], [], AttemptCounts.None);
    GatewayKnobs? tuned;
    long turn = -1;

    public IReadOnlyList<TNode> Present => members.Present;
    public IReadOnlyList<TNode> Gone => members.Gone;
    public IReadOnlyList<TNode> All => members.All;
    IReadOnlyList<UpstreamNode> ILaneNodes.Present => Present;

    public LaneBooks Books => members.Books;

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
            if (LaneMembers<TNode>.At(address, members.Present) is { } known) return known;
            var back = LaneMembers<TNode>.At(address, members.Gone);
            var node = back ?? make();
            if (tuned is not null) node.Tune(tuned);
            back?.ShowPresence(true);
            members = members.With(node);
            return node;
        }
    }

    public void Leave(string address)
    {
        lock (gate)
        {
            if (LaneMembers<TNode>.At(address, members.Present) is not { } node) return;
            node.ShowPresence(false);
            members = members.Without(node, out var forgotten);
            foreach (var old in forgotten)
                old.Forget();
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
}
