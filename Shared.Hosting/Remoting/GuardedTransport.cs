using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Event;
using Akka.Remote.Transport;
using DotNetty.Transport.Channels;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Akka's TCP transport with a <see cref="Door"/> at its port and a <see cref="FrameGuard"/> in each connection, also
/// in those that we opened. It is an adapter that adds nothing to the scheme, so addresses stay what they are. Akka has
/// no public way to its channels: where a later version names them otherwise, no service starts.
/// </summary>
sealed class GuardedTransport : Transport
{
    /// <summary>Setting: how many connections may be open at the port.</summary>
    internal const string MaxConnections = "tiny.remoting.max-connections";

    readonly Transport _tcp;
    readonly ILoggingAdapter _log;

    internal GuardedTransport(Transport tcp, ActorSystem system)
    {
        (_tcp, System, Config, SchemeIdentifier, MaximumPayloadBytes) =
            (tcp, system, tcp.Config, tcp.SchemeIdentifier, tcp.MaximumPayloadBytes);
        _log = Logging.GetLogger(system, "remoting");
    }

    public override bool IsResponsibleFor(Address remote) => _tcp.IsResponsibleFor(remote);

    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var listening = await _tcp.Listen();
        // It accepts nobody before its listener is known
        ServerChannel(_tcp).Pipeline.AddFirst(new Door(System.Settings.Config.GetInt(MaxConnections), _log));
        return listening;
    }

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        var handle = await _tcp.Associate(remoteAddress);
        // It reads nothing before its listener is known
        Channel(handle).Pipeline.AddBefore("ClientHandler", null, new FrameGuard(_log));
        return handle;
    }

    public override Task<bool> ManagementCommand(object message) => _tcp.ManagementCommand(message);

    public override Task<bool> Shutdown() => _tcp.Shutdown();

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "ServerChannel")]
    static extern ref IChannel ServerChannel(
        [UnsafeAccessorType("Akka.Remote.Transport.DotNetty.DotNettyTransport, Akka.Remote")] object transport);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_channel")]
    static extern ref IChannel Channel(
        [UnsafeAccessorType("Akka.Remote.Transport.DotNetty.TcpAssociationHandle, Akka.Remote")] object handle);
}

/// <summary>How Akka makes it.</summary>
public sealed class GuardedTransports : ITransportAdapterProvider
{
    // Akka would take the quotes around a name with spaces for a part of it
    internal static string Name { get; } =
        $"{typeof(GuardedTransports).FullName},{typeof(GuardedTransports).Assembly.GetName().Name}";

    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system) =>
        new GuardedTransport(wrappedTransport, system);
}
