using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Remote.Serialization;
using Akka.Serialization;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// The envelope of an actor selection. It stands before Akka's own serializer, which would accept a type
/// name as manifest, wildcards in the path, and envelopes in envelopes until the stack overflows. It also
/// knows the trusted paths, because Akka drops a selection of any other without a word.
/// </summary>
sealed class SelectionSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Akka's name for the serializer that this one replaces.</summary>
    public const string Name = "akka-containers";

    [ThreadStatic]
    static bool _inEnvelope;

    readonly MessageContainerSerializer _inner = new(system);

    readonly IList<string> _trustedPaths =
        system.Settings.Config.GetStringList("akka.remote.trusted-selection-paths", []);

    public override int Identifier => 6;

    public override string Manifest(object o) => string.Empty;

    public override byte[] ToBinary(object obj) => _inner.ToBinary(obj);

    public override object FromBinary(byte[] bytes, string? manifest)
    {
        if (!string.IsNullOrEmpty(manifest) || _inEnvelope)
            throw new SerializationException("refused a selection with a manifest, or in a selection");
        _inEnvelope = true;
        try
        {
            return Trusted((ActorSelectionMessage)_inner.FromBinary(bytes, null));
        }
        finally
        {
            _inEnvelope = false;
        }
    }

    ActorSelectionMessage Trusted(ActorSelectionMessage selection)
    {
        var path = "/" + string.Join('/', selection.Elements.Select(element => element.ToString()));
        return _trustedPaths.Contains(path) && selection.Elements.All(element => element is SelectChildName)
            ? selection
            : throw new SerializationException($"refused a selection of {path}, which is not a trusted path");
    }
}
