using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Transport;
using Google.Protobuf;

namespace TinyResilient.Lab.Virtual;

/// <summary>
/// Akka.Remote's link in memory: real endpoints, handshakes and serializers, and no socket. What a dead host had open is
/// closed at its peers at that instant.
/// </summary>
sealed class MemoryTransport : Transport
{
    readonly TaskCompletionSource<IAssociationEventListener> _listener = new();
    readonly List<Handle> _open = [];
    readonly Address _address;
    readonly Place _place;

    public MemoryTransport(ActorSystem system, Config settings)
    {
        (System, Config, SchemeIdentifier, MaximumPayloadBytes) = (system, settings, "tcp", SafeFrame(settings));
        _address = new Address("tcp", system.Name, settings.GetString("public-hostname"), settings.GetInt("port"));
        _place = Place.Of(system);
    }

    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        _place.Network.Listen(_address, this);
        return Task.FromResult((_address, _listener));
    }

    public override bool IsResponsibleFor(Address remote) => true;

    public override Task<AssociationHandle> Associate(Address remoteAddress)
    {
        if (_place.Network.At(remoteAddress) is not { } peer)
            return Task.FromException<AssociationHandle>(new InvalidAssociationException($"Connection refused {remoteAddress}"));
        var (here, there) = (new Handle(this, _address, remoteAddress), new Handle(peer, remoteAddress, _address));
        (here.Peer, there.Peer) = (there, here);
        _open.Add(here);
        peer._open.Add(there);
        peer._place.Time.Do(() => _ = peer.AcceptAsync(there));
        return Task.FromResult<AssociationHandle>(here);
    }

    public override Task<bool> Shutdown()
    {
        Close();
        return Task.FromResult(true);
    }

    public Place Place => _place;

    /// <summary>Nobody reaches it any more, and who was connected hears so.</summary>
    public void Close()
    {
        _place.Network.Leave(_address, this);
        foreach (var handle in _open.ToList())
            handle.Close();
    }

    async Task AcceptAsync(Handle handle) => (await _listener.Task).Notify(new InboundAssociation(handle));

    static long SafeFrame(Config settings) => settings.GetByteSize("maximum-frame-size", null) ?? 32_000;

    sealed class Handle : AssociationHandle
    {
        readonly MemoryTransport _transport;
        readonly Queue<IHandleEvent> _early = [];
        IHandleEventListener? _reader;
        bool _isClosed;

        public Handle(MemoryTransport transport, Address local, Address remote) : base(local, remote)
        {
            _transport = transport;
            _ = ReadAsync();
        }

        public Handle? Peer { get; set; }

        public override bool Write(ByteString payload)
        {
            if (!_isClosed && !_transport._place.Time.IsDead)
                Peer?.Hear(new InboundPayload(payload));
            return true;
        }

        [Obsolete("By Akka, which calls it all the same")]
        public override void Disassociate() => Close();

        public void Close()
        {
            var peer = Peer;
            Lose();
            peer?.Lose();
        }

        void Lose()
        {
            if (_isClosed)
                return;
            _isClosed = true;
            Peer = null;
            _transport._open.Remove(this);
            Hear(new Disassociated(DisassociateInfo.Unknown));
        }

        void Hear(IHandleEvent happened) => _transport._place.Time.Do(() =>
        {
            if (_reader is null)
                _early.Enqueue(happened);
            else
                _reader.Notify(happened);
        });

        async Task ReadAsync()
        {
            _reader = await ReadHandlerSource.Task;
            while (_early.TryDequeue(out var happened))
                _reader.Notify(happened);
        }
    }
}
