using Akka.Cluster;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Akka.Cluster on top of <see cref="SafeRemoting"/>, where CLUSTER_SEEDS is set; else nothing of it is there. Members say
/// who they are and no more: of the cluster's modules only membership can be reached, and no serializer but its own opens.
/// </summary>
public static class SafeCluster
{
    /// <summary>Role of ServiceA, and of ServiceB.</summary>
    public const string Gateway = "gateway", Worker = "worker";

    /// <summary>
    /// What members must be able to select of each other: who admits, gossips and is told to leave, and who answers
    /// heartbeats. With them whoever reaches the port can join, and put members out: see REMOTE_TLS_CERT.
    /// </summary>
    internal static readonly string[] MembershipPaths = ["/system/cluster/core/daemon", "/system/cluster/heartbeatReceiver"];

    /// <summary>The serializers of modules that come with the package and that nobody uses here.</summary>
    internal static readonly IReadOnlyDictionary<string, int> Refused = new Dictionary<string, int>
    {
        ["akka-pubsub"] = 9,
        ["akka-replicated-data"] = 11,
        ["akka-data-replication"] = 12,
        ["akka-sharding"] = 13,
        ["akka-singleton"] = 14,
        ["akka-cluster-client"] = 15,
        ["akka-stream-ref"] = 30,
        ["reliable-delivery"] = 36,
    };

    /// <summary>What a service's remoting needs to know, in a cluster or not.</summary>
    public static RemotingOptions ClusterRemoting(this ServiceSettings settings, params string[] trustedPaths) =>
        settings.Remoting(settings.Cluster is null ? trustedPaths : [.. trustedPaths, .. MembershipPaths]);

    public static AkkaConfigurationBuilder WithSafeCluster(
        this AkkaConfigurationBuilder builder, ClusterSettings? cluster, RemotingOptions remoting, string[] roles)
    {
        if (cluster is null) return builder;
        builder.WithClustering(new ClusterOptions
        {
            Roles = roles,
            SeedNodes = [.. cluster.Seeds.Select(seed => $"{remoting.AddressOf(Names.System, seed.Host, seed.Port)}")],
        });
        builder.AddHocon(Rules(cluster), HoconAddMode.Prepend);
        builder.WithCustomSerializer(MembershipSerializer.Name, [typeof(IClusterMessage)], system => new MembershipSerializer(system));
        foreach (var (name, id) in Refused)
            builder.WithCustomSerializer(name, [], system => new RefusedSerializer(system, name, id));
        return builder;
    }

    static string Rules(ClusterSettings cluster) => $$"""
        akka {
          # A member that was put out must not come back as it is. It hears so when it tries, and ends: see Membership
          remote.prune-quarantine-marker-after = 5 d
          # Each side writes on a connection it opened itself. Where a killed member that is back and an old one dial each
          # other at once, the one writes on what the other stopped to read: it then hears no answer and founds a cluster alone
          remote.use-passive-connections = off
          cluster {
            log-info = off
            # Who is refused asks again soon: a worker that was killed and started again is wanted back in seconds
            seed-node-timeout = 2 s
            retry-unsuccessful-join-after = 2 s
            downing-provider-class = "{{typeof(WorkersFirst).AssemblyQualifiedName}}"
          }
        }
        {{WorkersFirst.DownAfter}} = {{cluster.DownAfter.TotalSeconds}} s
        """;
}
