using Prometheus;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA.Upstream;

/// <summary>The metric families about ServiceB nodes. Every series is there from the start.</summary>
public sealed class UpstreamMetrics(IMetricFactory factory)
{
    public static readonly string[] BreakerStates = ["closed", "open", "half_open"];

    public Counter Attempts { get; } = factory.CreateCounter(
        "tiny_attempts_total", "Attempts that were sent and have ended, by how they ended.", ["lane", "node", "outcome"]);
    public Gauge BreakerState { get; } = factory.CreateGauge(
        "tiny_breaker_state", "1 for the state that the breaker is in, else 0.", ["lane", "node", "state"]);
    public Counter Transitions { get; } = factory.CreateCounter(
        "tiny_breaker_transitions_total", "Changes of the breaker's state, by the state changed to.", ["lane", "node", "to"]);
    public Gauge Connected { get; } = factory.CreateGauge(
        "tiny_upstream_connected", "1 while the node is connected, else 0.", ["node"]);
}

/// <summary>The series of one node in one lane.</summary>
public sealed class NodeMetrics
{
    readonly UpstreamMetrics families;
    readonly string lane, node;
    readonly Dictionary<AttemptOutcome, Counter.Child> attempts;
    volatile bool isThere = true;

    public NodeMetrics(UpstreamMetrics families, string lane, string node)
    {
        (this.families, this.lane, this.node) = (families, lane, node);
        attempts = Enum.GetValues<AttemptOutcome>().Where(outcome => outcome.WasSent())
            .ToDictionary(outcome => outcome, outcome => families.Attempts.WithLabels(lane, node, outcome.Word()));
        foreach (var state in UpstreamMetrics.BreakerStates)
            families.Transitions.WithLabels(lane, node, state);
        Show("closed");
    }

    public void Ended(AttemptOutcome outcome) => attempts[outcome].Inc();

    public void Connected(bool isConnected)
    {
        if (isThere) families.Connected.WithLabels(node).Set(isConnected ? 1 : 0);
    }

    /// <summary>Of a node that has gone the counters stay; breaker and connection it has none.</summary>
    public void ShowPresence(bool isThere, string state)
    {
        this.isThere = isThere;
        Show(state);
        if (isThere) return;
        families.Connected.RemoveLabelled(node);
        foreach (var one in UpstreamMetrics.BreakerStates)
            families.BreakerState.RemoveLabelled(lane, node, one);
    }

    /// <summary>Of a node that is not there, and whose counters nobody looks up any more.</summary>
    public void Remove()
    {
        foreach (var outcome in attempts.Keys)
            families.Attempts.RemoveLabelled(lane, node, outcome.Word());
        foreach (var state in UpstreamMetrics.BreakerStates)
            families.Transitions.RemoveLabelled(lane, node, state);
    }

    /// <summary>Transitions are told in no certain order: the state shown is the one that the breaker is in now.</summary>
    public void Turned(string turnedTo, string now)
    {
        families.Transitions.WithLabels(lane, node, turnedTo).Inc();
        Show(now);
    }

    void Show(string state)
    {
        if (!isThere) return;
        foreach (var one in UpstreamMetrics.BreakerStates)
            families.BreakerState.WithLabels(lane, node, one).Set(one == state ? 1 : 0);
    }
}
