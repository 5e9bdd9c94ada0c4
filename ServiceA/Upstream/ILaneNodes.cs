namespace TinyResilient.ServiceA.Upstream;

/// <summary>The attempts at all nodes of a lane that ever were, at one moment.</summary>
/// <param name="Nodes">Those that have gone, then those that are there; each once, also while one is leaving or coming back.</param>
/// <param name="Present">Those of them that are there.</param>
/// <param name="Older">The sum of those that went before; their names are forgotten.</param>
public sealed record LaneBooks(IReadOnlyList<UpstreamNode> Nodes, IReadOnlyList<UpstreamNode> Present, AttemptCounts Older);

/// <summary>The ServiceB nodes of a lane: those that are there, and the books of those that have gone.</summary>
public interface ILaneNodes
{
    IReadOnlyList<UpstreamNode> Present { get; }

    LaneBooks Books { get; }

    /// <summary>Empties the books of all.</summary>
    void ResetBooks();

    /// <summary>Tunes every node, and from now on every one that joins.</summary>
    void Tune(GatewayKnobs knobs);
}
