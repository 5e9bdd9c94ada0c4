using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>Stands in for one of Akka's serializers and refuses what comes or goes, without reading it.</summary>
sealed class RefusedSerializer(ExtendedActorSystem system, string name, int id)
    : SerializerWithStringManifest(system)
{
    public override int Identifier => id;

    public override string Manifest(object o) => throw Refusal(o.GetType().Name);

    public override byte[] ToBinary(object obj) => throw Refusal(obj.GetType().Name);

    public override object FromBinary(byte[] bytes, string? manifest) => throw Refusal(manifest);

    SerializationException Refusal(string? what) =>
        new($"refused a message ({what}) of serializer {name}, which is not part of the protocol");
}
