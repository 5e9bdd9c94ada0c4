namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// Who is there of a lane's nodes, whose books are kept though it has gone, and the sum of the books of all that went before.
/// Never changes: each change is another one of these, so that whoever reads one sees one moment.
/// </summary>
sealed record LaneMembers<TNode>(TNode[] Present, TNode[] Gone, AttemptCounts Older) where TNode : UpstreamNode
{
    /// <summary>So many nodes that have gone keep books of their own, or more while anything is in flight there.</summary>
    const int KeptOfGone = 16;

    public TNode[] All => [.. Gone, .. Present];

    public LaneBooks Books => new(All, Present, Older);

    public static TNode? At(string address, TNode[] nodes) => nodes.FirstOrDefault(node => node.Address == address);

    public LaneMembers<TNode> With(TNode node) => this with
    {
        Present = [.. Present, node],
        Gone = [.. Gone.Where(one => one != node)],
    };

    /// <param name="forgotten">Whose books are in the sum from now on: the oldest, but none at which something is in flight, because its
    /// counts will still change.</param>
    public LaneMembers<TNode> Without(TNode node, out TNode[] forgotten)
    {
        TNode[] gone = [.. Gone, node];
        var old = gone.SkipLast(KeptOfGone).Select(one => (Node: one, Counts: one.Ledger.Counts()))
            .Where(one => one.Counts.InFlight == 0).ToArray();
        TNode[] summed = forgotten = [.. old.Select(one => one.Node)];
        return new LaneMembers<TNode>([.. Present.Where(one => one != node)], [.. gone.Except(summed)],
            old.Aggregate(Older, (sum, one) => sum + one.Counts));
    }
}
