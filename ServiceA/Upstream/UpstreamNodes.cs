namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// All ServiceB nodes. An attempt goes to the available nodes in turn, a retry rather to another one than before; a node
/// whose breaker refuses is passed over. Never waits for a node to come back.
/// </summary>
public sealed class UpstreamNodes(IReadOnlyList<ServiceBNode> nodes)
{
    long turn = -1;

    public IReadOnlyList<ServiceBNode> All => nodes;

    public async Task<AttemptResult> Attempt(
        string requestId, int attempt, string? traceParent, TimeSpan timeout, ServiceBNode? avoid)
    {
        var refusal = new AttemptResult(AttemptOutcome.Unavailable, Node: nodes[0]);
        foreach (var node in InTurn(avoid))
        {
            var result = await node.Breaker.Guard(() => node.Attempt(requestId, attempt, traceParent, timeout));
            if (result.WasSent) return result;
            refusal = result with { Node = node };
        }
        return refusal;
    }

    IEnumerable<ServiceBNode> InTurn(ServiceBNode? avoid)
    {
        var first = (int)(Interlocked.Increment(ref turn) % nodes.Count);
        return Enumerable.Range(first, nodes.Count)
            .Select(index => nodes[index % nodes.Count])
            .Where(node => node.IsAvailable)
            .OrderBy(node => node == avoid);
    }
}
