namespace TinyResilient.ServiceA.Upstream;

/// <summary>Whether each node has a breaker, or all of them one.</summary>
public enum BreakerScope { Node, Service }

/// <summary>A breaker as lanes handle it, whatever it counts.</summary>
public interface ILaneBreaker
{
    /// <summary><c>closed</c>, <c>open</c> or <c>half_open</c>.</summary>
    string State { get; }

    /// <summary>Until it lets a probe through; null unless it is open.</summary>
    TimeSpan? ProbeIn { get; }

    /// <summary>Puts a new, closed breaker in place where a knob that it obeys has changed.</summary>
    void Tune(GatewayKnobs knobs);

    /// <summary>Puts a new, closed breaker in place; late results of the old one change nothing.</summary>
    void Replace();
}

/// <summary>A node with a breaker of its own, and perhaps one that it shares with all others; BREAKER_SCOPE says which counts.</summary>
public abstract class GuardedNode<TBreaker>(string address, TBreaker own, NodeMetrics metrics) : UpstreamNode(address, metrics)
    where TBreaker : class, ILaneBreaker
{
    volatile bool isShared;

    /// <summary>The one breaker of all nodes, or null where there is none.</summary>
    public TBreaker? OfService { get; init; }

    public TBreaker Breaker => isShared ? OfService! : own;

    /// <summary>The breaker that counts for it under these knobs.</summary>
    public TBreaker BreakerUnder(GatewayKnobs knobs) => knobs.HasOneBreaker ? OfService ?? own : own;

    public sealed override ILaneBreaker LaneBreaker => Breaker;

    public sealed override void Tune(GatewayKnobs knobs)
    {
        isShared = BreakerUnder(knobs) != own;
        own.Tune(knobs);
        OfService?.Tune(knobs);
    }
}
