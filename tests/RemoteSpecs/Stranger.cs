using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Serialization;
using TinyResilient.Shared.Messages;

namespace RemoteSpecs;

/// <summary>
/// A peer with Akka's own, trusting set-up, which can also write any serializer number and manifest.
/// </summary>
sealed class Stranger : IAsyncDisposable
{
    readonly Address _target;

    public Stranger(Address target)
    {
        _target = target;
        var config = ConfigurationFactory.ParseString("""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              log-serializer-override-on-start = off
              actor.provider = remote
              remote.retry-gate-closed-for = 0.1 s
              remote.dot-netty.tcp { hostname = 127.0.0.1, port = 0, maximum-frame-size = 1000000b }
            }
            """);
        System = ActorSystem.Create("stranger", BootstrapSetup.Create().WithConfig(config).And(
            SerializationSetup.Create(system =>
            [
                SerializerDetails.Create("wire", new WireSerializer(system), [.. WireSerializer.Types]),
                SerializerDetails.Create("forged", new Forger(system), [typeof(Forged)]),
            ])));
    }

    public ActorSystem System { get; }

    public ActorSelection Select(string path) => System.ActorSelection(_target + path);

    /// <summary>A reference to an actor by its path, without asking.</summary>
    public IActorRef At(string path) => ((ExtendedActorSystem)System).Provider.ResolveActorRef(_target + path);

    public async ValueTask DisposeAsync() => await System.Terminate();

    /// <summary>Goes out exactly as it says.</summary>
    public sealed record Forged(int Serializer, string Manifest, byte[] Bytes);

    sealed class Forger(ExtendedActorSystem system) : SerializerWithStringManifest(system)
    {
        [ThreadStatic]
        static int _current;

        // Akka asks for the bytes first, then for the number, last for the manifest, all on one thread
        public override int Identifier => _current == 0 ? 9999 : _current - 1;

        public override string Manifest(object o)
        {
            _current = 0;
            return ((Forged)o).Manifest;
        }

        public override byte[] ToBinary(object obj)
        {
            var forged = (Forged)obj;
            _current = forged.Serializer + 1;
            return forged.Bytes;
        }

        public override object FromBinary(byte[] bytes, string manifest) => throw new NotSupportedException();
    }
}
