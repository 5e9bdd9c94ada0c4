namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// All ServiceB nodes. An attempt goes to the available nodes in turn, a retry begins with the node after the one that failed; a node
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

    // First attempts go round by themselves, so that retries cannot get in step with them.
    IEnumerable<ServiceBNode> InTurn(ServiceBNode? avoid)
    {
        var first = avoid is null
            ? (int)(Interlocked.Increment(ref turn) % nodes.Count)
            : nodes.TakeWhile(node => node != avoid).Count() + 1;
        return Enumerable.Range(first, nodes.Count)
            .Select(index => nodes[index % nodes.Count])
            .Where(node => node.IsAvailable);
    }
}
