using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Cluster.Serialization;
using Akka.Serialization;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// What members of a cluster say to each other about who is one. It stands before Akka's own serializer, which would also
/// take a router, and with it a payload of any other serializer. That one reads by manifests that it knows; no type is resolved.
/// </summary>
sealed class MembershipSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Akka's name for the serializer that this one replaces.</summary>
    public const string Name = "akka-cluster";

    readonly ClusterMessageSerializer _inner = new(system);

    public override int Identifier => 5;

    public override string Manifest(object o) => _inner.Manifest(o);

    public override byte[] ToBinary(object obj) => _inner.ToBinary(obj);

    public override object FromBinary(byte[] bytes, string? manifest) => IsMembership(manifest)
        ? _inner.FromBinary(bytes, manifest)
        : throw new SerializationException($"refused a message ({manifest}) of serializer {Name}, which is not about membership");

    internal static bool IsMembership(string? manifest) => manifest is "HB" or "HBR"
        || manifest?.Split(", ") is [var type, "Akka.Cluster"] && (
            type is "Akka.Cluster.GossipStatus" or "Akka.Cluster.GossipEnvelope"
            || type.StartsWith("Akka.Cluster.InternalClusterAction+", StringComparison.Ordinal)
            || type.StartsWith("Akka.Cluster.ClusterUserAction+", StringComparison.Ordinal));
}
