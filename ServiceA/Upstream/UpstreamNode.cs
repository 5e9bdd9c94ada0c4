namespace TinyResilient.ServiceA.Upstream;

/// <summary>One ServiceB node as one lane sees it: its name, its breaker's state, and what became of the attempts at it.</summary>
public abstract class UpstreamNode(string address, NodeMetrics metrics)
{
    /// <summary>host:port, as the lane reaches it.</summary>
    public string Address => address;
    protected NodeMetrics Metrics => metrics;
    public abstract IAttemptLedger Ledger { get; }

    /// <summary>The breaker that counts for it now.</summary>
    public abstract ILaneBreaker LaneBreaker { get; }

    /// <summary><c>closed</c>, <c>open</c> or <c>half_open</c>.</summary>
    public string BreakerState => LaneBreaker.State;

    /// <summary>Until its open breaker lets a probe through; null unless it is open.</summary>
    public TimeSpan? ProbeIn => LaneBreaker.ProbeIn;

    /// <summary>Host name that ServiceB gave itself, once it is known.</summary>
    public abstract string? Host { get; }

    /// <summary>Whether the lane holds a connection to it; null in a lane that connects when it needs to.</summary>
    public virtual bool? HasConnection => null;

    /// <summary>Whether it takes attempts, as far as the lane knows.</summary>
    public virtual bool IsAvailable => true;

    /// <summary>The lane has lost it, or has it again. Its counts stay; what it is doing now is shown only while it is there.</summary>
    public void ShowPresence(bool isThere) => metrics.ShowPresence(isThere, BreakerState);

    /// <summary>Takes its series away, once its counts are kept elsewhere.</summary>
    public void Forget() => metrics.Remove();

    /// <summary>Its breaker has turned.</summary>
    public void Turned(string turnedTo) => metrics.Turned(turnedTo, BreakerState);

    /// <summary>Puts a closed breaker in place where its knobs have changed.</summary>
    public abstract void Tune(GatewayKnobs knobs);
}
