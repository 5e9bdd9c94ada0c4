namespace TinyResilient.Shared.Hosting;

/// <summary>How a process finds its cluster, and when it gives up on members that it cannot reach.</summary>
/// <param name="Seeds">Members to ask for admission; the first begins a new cluster where none of the others answers.</param>
/// <param name="DownAfter">How long a worker may be unreachable before it is put out for good; a gateway twice as long.</param>
public sealed record ClusterSettings(IReadOnlyList<NodeAddress> Seeds, TimeSpan DownAfter)
{
    /// <summary>Null where there are no seeds: then there is no cluster.</summary>
    public static ClusterSettings? Read(EnvironmentReader environment)
    {
        const string downAfterName = "CLUSTER_DOWN_AFTER_S";
        var seeds = environment.List<NodeAddress>("CLUSTER_SEEDS", [], "a list of host:port", NodeAddress.TryParse);
        // Under 10 s, what a member says of others when it wakes from a pause could still count when it is decided
        var downAfter = environment.Whole(downAfterName, 20, 10, 600);
        if (environment.Find(downAfterName) is not null && environment.Find("CLUSTER_SEEDS") is null)
            environment.Refuse("CLUSTER_SEEDS", $"must be set when {downAfterName} is");
        return seeds.Count == 0 ? null : new(seeds, TimeSpan.FromSeconds(downAfter));
    }
}
