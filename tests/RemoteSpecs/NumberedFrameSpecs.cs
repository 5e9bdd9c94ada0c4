using System.Net;
using System.Net.Sockets;
using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;
using Xunit;
using static RemoteSpecs.RawFrames;

namespace RemoteSpecs;

/// <summary>
/// What Akka deals with at any cost: the number of a reliable delivery, before which it lists all that are missing, and
/// acks that miss some. None of our peers writes either.
/// </summary>
public sealed class NumberedFrameSpecs : PairSpecs
{
    string Pool => B.Address + Names.ActorPoolPath;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(19_999)]
    [InlineData(20_001)]
    [InlineData(3_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    [InlineData(-2)]
    public Task A_number_ends_its_connection(long number) =>
        IsEnded(Payload(Envelope(Probe(Pool), Number((ulong)number))), FrameCheck.Numbered);

    [Fact]
    public Task A_number_that_is_left_out_is_number_0() => IsEnded(Payload(Envelope(Probe(Pool))), FrameCheck.Numbered);

    public static TheoryData<string> Disguises => [.. All("").Keys];

    [Theory]
    [MemberData(nameof(Disguises))]
    public Task A_number_in_disguise_ends_its_connection(string disguise) =>
        IsEnded(All(Pool)[disguise], "Ended the connection");

    // Acks come after every reconnect, with the number before the first
    [Fact]
    public async Task What_an_honest_peer_writes_is_let_through()
    {
        using var peer = await RawPeer.Introduce(B.Address);
        await peer.Send(
            Payload(Ack(Fixed64(0x09, NoNumber))),
            Payload(Ack(Fixed64(0x09, NoNumber)), Envelope(Probe(Pool), Number(NoNumber))));
        await B.Received.First(one => one is Probe);
        await GoodPeerIsStillServed();
        Assert.Empty(B.Log.All);
    }

    [Theory]
    [InlineData(0x11)]
    [InlineData(0x12)]
    public Task An_ack_that_misses_a_delivery_ends_its_connection(byte tag) => IsEnded(
        Payload(Ack(Fixed64(0x09, 5), tag == 0x11 ? Fixed64(tag, 3) : Field(tag, new byte[8]))), FrameCheck.Missing);

    [Fact]
    public async Task What_comes_behind_a_number_is_not_read()
    {
        using var peer = await RawPeer.Introduce(B.Address);
        await peer.Send(
            Payload(Envelope(Probe(Pool), Number(7))),
            Payload(Envelope(Probe(Pool), Number(NoNumber))));
        await peer.IsEnded();
        await IsLoggedOnce(FrameCheck.Numbered);
        Assert.Equal([new Probe()], B.Received.All); // the good peer's
    }

    [Fact]
    public async Task A_flood_is_one_line()
    {
        for (var peers = 0; peers < 50; peers++)
        {
            using var peer = await RawPeer.Introduce(B.Address, 1 + peers);
            await peer.Send(Payload(Envelope(Probe(Pool), Number(long.MaxValue))));
            await peer.IsEnded();
        }
        await IsLoggedOnce(FrameCheck.Numbered);
    }

    [Fact]
    public async Task A_number_of_a_peer_that_we_called_ends_its_connection()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var self = B.Address.WithPort(((IPEndPoint)listener.LocalEndpoint).Port);
        A.PoolAt(self).Tell(new Probe(), Akka.Actor.ActorRefs.NoSender);
        using var called = await RawPeer.Accept(listener, self);
        await called.Send(Payload(Envelope(Probe(A.Address + Names.ActorPoolPath), Number(long.MaxValue))));
        await called.IsEnded();
        await A.Log.First(line => line.Contains(FrameCheck.Numbered, StringComparison.Ordinal));
        Assert.Equal("host-b", (await A.Probe(B.Address)).Host);
        Assert.Empty(A.Received.All);
    }

    static Dictionary<string, byte[]> All(string pool) => new()
    {
        ["behind no number"] = Payload(Envelope(Probe(pool), Number(NoNumber), Number(3_000_000))),
        ["before no number"] = Payload(Envelope(Number(3_000_000), Probe(pool), Number(NoNumber))),
        ["in a second envelope"] = Payload(Envelope(Probe(pool), Number(NoNumber)), Envelope(Number(3_000_000))),
        ["in a first envelope"] = Payload(Envelope(Number(3_000_000)), Envelope(Probe(pool), Number(NoNumber))),
        ["in a second payload"] =
        [
            .. Payload(Envelope(Probe(pool), Number(NoNumber))), .. Payload(Envelope(Probe(pool), Number(3_000_000))),
        ],
        ["with a tag of two bytes"] = Payload(Envelope(
            Probe(pool), Number(NoNumber), [0xA9, 0x00, .. Number(3_000_000)[1..]])),
        ["with a tag whose upper bits are cut off"] = Payload(Envelope(
            Probe(pool), Number(NoNumber), [.. Varint((1UL << 32) + 0x29), .. Number(3_000_000)[1..]])),
        ["in an envelope with a tag of two bytes"] = Payload(
            Envelope(Probe(pool), Number(NoNumber)), [0x92, 0x00, .. Envelope(Number(3_000_000))[1..]]),
        ["with a length of five bytes"] = Payload(
            [0x12, .. Long(Envelope(Probe(pool), Number(3_000_000))[2..])]),
    };

    // Its length in more bytes than it needs, as protobuf permits
    static byte[] Long(byte[] value) => [(byte)(value.Length | 0x80), 0x80, 0x80, 0x80, 0x00, .. value];

    async Task IsEnded(byte[] frame, string logged)
    {
        using var peer = await RawPeer.Introduce(B.Address);
        await peer.Send(frame);
        await peer.IsEnded();
        await IsLoggedOnce(logged);
        Assert.Equal([new Probe()], B.Received.All); // the good peer's
    }
}
