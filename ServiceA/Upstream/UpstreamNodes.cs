namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// All ServiceB nodes of lane <c>actor</c>. An attempt goes to the available nodes in turn; a node whose breaker refuses is
/// passed over. Never waits for a node to come back.
/// </summary>
public sealed class UpstreamNodes(IReadOnlyList<ServiceBNode> nodes)
{
    readonly NodesInTurn<ServiceBNode> turns = new(nodes);

    public IReadOnlyList<ServiceBNode> All => nodes;

    public async Task<AttemptResult> Attempt(
        string requestId, int attempt, string? traceParent, TimeSpan timeout, UpstreamNode? avoid)
    {
        var refusal = new AttemptResult(AttemptOutcome.Unavailable, Node: nodes[0]);
        foreach (var node in turns.From(avoid))
        {
            var result = await node.Breaker.Guard(() => node.Attempt(requestId, attempt, traceParent, timeout));
            if (result.WasSent) return result;
            refusal = result with { Node = node };
        }
        return refusal;
    }
}
