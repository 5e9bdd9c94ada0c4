using System.Text.Json.Serialization;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA;

/// <summary><c>/health</c> of ServiceA: degraded while a breaker is not closed, unhealthy while no node is connected.</summary>
public sealed record GatewayHealth(HealthStatus Status, string BreakerState, string Upstream) : Health(Status);

/// <summary>One ServiceB node in <c>/state</c>; lane <c>http</c> connects when it needs to, and knows nothing of a connection.</summary>
/// <param name="ProbeInMs">Until an open breaker lets a probe through; null unless it is open.</param>
/// <param name="HasLeft">True for one that has left the cluster, whose books remain; else null.</param>
public sealed record NodeState(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Connected,
    bool Accepting, string? Host, string BreakerState, double? ProbeInMs, AttemptCounts Attempts,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? HasLeft);

/// <summary>One lane in <c>/state</c>.</summary>
public sealed record LaneState(RequestCounts Requests, IReadOnlyDictionary<string, NodeState> Nodes);

/// <summary>What ServiceA shows of itself: <c>/state</c>.</summary>
/// <param name="LongestPauseMs">How long the process has stood still at the most since the last reset.</param>
/// <param name="MeanLatenessMs">How late its timer has come on average since then.</param>
/// <param name="StoodStill">The newest times that it stood still for half a second or longer, since its start.</param>
public sealed record GatewayState(
    string Service, int Pid, double LongestPauseMs, double MeanLatenessMs, IReadOnlyList<StandStill> StoodStill,
    IReadOnlyDictionary<string, LaneState> Lanes);

/// <summary>One lane of the ledger of ServiceA; attempts by node.</summary>
public sealed record LaneLedger(RequestCounts Requests, AttemptCounts Attempts, IReadOnlyDictionary<string, AttemptCounts> Nodes);
