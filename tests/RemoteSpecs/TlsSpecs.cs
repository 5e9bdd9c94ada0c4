using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace RemoteSpecs;

public sealed class TlsSpecs : IAsyncLifetime, IDisposable
{
    readonly CertificateFiles _files = new();

    RemoteTls _ours = null!, _another = null!;
    Node _b = null!;

    public async Task InitializeAsync()
    {
        _ours = _files.Make("ours");
        _another = _files.Make("another");
        _b = await Node.Start(Names.ServiceB, tls: _ours);
    }

    public async Task DisposeAsync() => await _b.DisposeAsync();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task The_same_certificate_is_accepted_and_the_address_says_so()
    {
        await using var a = await Node.Start(Names.ServiceA, tls: _ours);
        Assert.Equal("akka.ssl.tcp", _b.Address.Protocol);
        Assert.Equal(_b.Address, a.Options.AddressOf(Names.ServiceB, _b.Address.Host!, _b.Address.Port!.Value));
        Assert.Equal("host-b", (await a.ProbeUntilAnswered(_b.Address)).Host);
    }

    [Fact]
    public async Task Another_certificate_is_accepted_when_both_sides_pin_it()
    {
        string[] both = [CertificateFiles.Thumbprint(_ours), CertificateFiles.Thumbprint(_another)];
        await using var b = await Node.Start(Names.ServiceB, tls: _ours with { PinnedThumbprints = both });
        await using var a = await Node.Start(Names.ServiceA, tls: _another with { PinnedThumbprints = both });
        Assert.Equal("host-b", (await a.ProbeUntilAnswered(b.Address)).Host);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Another_certificate_is_refused(bool trustsUs)
    {
        var tls = trustsUs ? _another with { PinnedThumbprints = [CertificateFiles.Thumbprint(_ours)] } : _another;
        await using var stranger = await Node.Start("stranger", tls: tls);
        await stranger.IsNotAnswered(_b.Address);
        await _b.Log.First(line => line.Contains("TLS handshake failed", StringComparison.Ordinal));
        await OursIsStillServed();
    }

    [Fact]
    public async Task A_plain_client_is_refused()
    {
        await using var plain = await Node.Start("plain");
        var address = plain.Options.AddressOf(Names.ServiceB, _b.Address.Host!, _b.Address.Port!.Value);
        await plain.IsNotAnswered(address);
        await _b.Log.First(line => line.Contains("not an SSL/TLS record", StringComparison.Ordinal));
        await OursIsStillServed();
    }

    [Fact]
    public async Task A_peer_that_dies_in_the_handshake_does_not_stop_us()
    {
        await using var a = await Node.Start(Names.ServiceA, tls: _ours);
        using var dying = new TcpListener(IPAddress.Loopback, 0);
        dying.Start();
        a.PoolAt(_b.Address.WithPort(((IPEndPoint)dying.LocalEndpoint).Port)).Tell(new Probe());
        using (var connection = await dying.AcceptTcpClientAsync())
            await connection.GetStream().ReadExactlyAsync(new byte[5]);
        await a.Log.First(line => line.Contains("TLS handshake failed", StringComparison.Ordinal));
        Assert.Equal("host-b", (await a.ProbeUntilAnswered(_b.Address)).Host);
        Assert.False(a.System.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task The_number_of_a_reliable_delivery_ends_its_connection()
    {
        using var peer = await RawPeer.Introduce(_b.Address, tls: _ours);
        // Again and again, as an honest peer is never silent either: what came last over TLS may wait for what comes next
        await peer.SendUntilEnded(RawFrames.Payload(RawFrames.Envelope(
            RawFrames.Probe(_b.Address + Names.ActorPoolPath), RawFrames.Number(long.MaxValue))));
        await _b.Log.First(line => line.Contains(FrameCheck.Numbered, StringComparison.Ordinal));
        Assert.Empty(_b.Received.All);
        await OursIsStillServed();
    }

    async Task OursIsStillServed()
    {
        await using var a = await Node.Start(Names.ServiceA, tls: _ours);
        await a.ProbeUntilAnswered(_b.Address);
    }
}
