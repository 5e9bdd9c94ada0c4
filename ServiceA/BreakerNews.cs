using System.Collections.Concurrent;
using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA;

/// <summary>Tells metrics and log of a breaker's transitions, for each node that it counts for.</summary>
sealed class BreakerNews(IServiceProvider services, string lane)
{
    readonly ConcurrentQueue<(UpstreamNode Node, NodeMetrics Metrics)> nodes = [];
    readonly ILogger log = services.GetRequiredService<ILogger<NodeBreaker>>();

    public TNode Of<TNode>(Func<NodeMetrics, TNode> make, string address) where TNode : UpstreamNode
    {
        var metrics = new NodeMetrics(services.GetRequiredService<UpstreamMetrics>(), lane, address);
        var node = make(metrics);
        nodes.Enqueue((node, metrics));
        return node;
    }

    public TBreaker By<TBreaker>(Func<Action<string>, TBreaker> make) where TBreaker : class, ILaneBreaker
    {
        TBreaker breaker = null!;
        return breaker = make(turnedTo =>
        {
            foreach (var (node, metrics) in nodes.Where(one => one.Node.LaneBreaker == breaker))
            {
                metrics.Turned(turnedTo, now: breaker.State);
                log.LogInformation("breaker of {Node} in lane {Lane}: {State}", node.Address, lane, turnedTo);
            }
        });
    }
}
