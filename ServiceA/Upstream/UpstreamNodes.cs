namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// An attempt in lane <c>actor</c> goes to the available nodes in turn; a node whose breaker refuses is passed over. Never
/// waits for a node to come back.
/// </summary>
public sealed class UpstreamNodes(NodesInTurn<ServiceBNode> turns)
{
    /// <param name="avoid">The node that was tried before, if any.</param>
    /// <param name="trying">Is told of each node before it is tried.</param>
    /// <param name="send">Sends the attempt to a node.</param>
    public async Task<AttemptResult> Attempt(
        UpstreamNode? avoid, Action<UpstreamNode> trying, Func<ServiceBNode, Task<AttemptResult>> send)
    {
        var refusal = new AttemptResult(AttemptOutcome.Unavailable);
        foreach (var node in turns.From(avoid))
        {
            trying(node);
            var result = await send(node);
            if (result.WasSent) return result;
            refusal = result with { Node = node };
        }
        return refusal;
    }
}
