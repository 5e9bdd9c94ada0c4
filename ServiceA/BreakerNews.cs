using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA;

/// <summary>Tells metrics and log of a breaker's transitions, for each node of the lane that it counts for.</summary>
sealed class BreakerNews(ILaneNodes nodes, string lane, ILogger<NodeBreaker> log)
{
    public TBreaker By<TBreaker>(Func<Action<string>, TBreaker> make) where TBreaker : class, ILaneBreaker
    {
        TBreaker breaker = null!;
        return breaker = make(turnedTo =>
        {
            foreach (var node in nodes.Books.Nodes.Where(node => node.LaneBreaker == breaker))
            {
                node.Turned(turnedTo);
                log.LogInformation("breaker of {Node} in lane {Lane}: {State}", node.Address, lane, turnedTo);
            }
        });
    }
}
