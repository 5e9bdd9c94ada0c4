using System.Net.Sockets;
using TinyResilient.Shared.Hosting.Remoting;
using Xunit;

namespace RemoteSpecs;

/// <summary>What arrives at the port and is not Akka.Remote at all.</summary>
public sealed class GarbageSpecs : PairSpecs
{
    [Fact]
    public async Task An_HTTP_request_is_logged_once_and_disconnected()
    {
        await IsDisconnected("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        await IsLoggedOnce("frame length exceeds");
    }

    [Fact]
    public async Task Random_bytes_are_logged_once_and_disconnected()
    {
        var bytes = new byte[500];
        Array.Fill(bytes, (byte)0xE7);
        await IsDisconnected(bytes);
        await IsLoggedOnce("negative");
    }

    [Theory]
    [InlineData(0x7f)]
    [InlineData(0xff)]
    public async Task A_huge_length_is_logged_once_and_disconnected(byte highest)
    {
        await IsDisconnected([0xff, 0xff, 0xff, highest, 1, 2]);
        await IsLoggedOnce("length");
    }

    [Fact]
    public async Task A_frame_of_garbage_is_logged_once_and_disconnected()
    {
        await IsDisconnected([5, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff]);
        await IsLoggedOnce(FrameCheck.Malformed);
    }

    [Fact]
    public async Task Whoever_connects_and_says_nothing_is_logged_once_and_disconnected()
    {
        await IsDisconnected([]);
        await IsLoggedOnce("Handshake timed out");
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 100, 0, 0, 0, 1, 2, 3 })]
    public async Task Half_a_message_harms_nobody(byte[] half)
    {
        using (var connection = await Connect())
            await connection.GetStream().WriteAsync(half);
        await GoodPeerIsStillServed();
        Assert.Empty(B.Log.All);
    }

    [Fact]
    public async Task A_flood_is_one_line()
    {
        for (var number = 0; number < 200; number++)
            await IsDisconnected([0xff, 0xff, 0xff, 0xff, 1, 2]);
        await IsLoggedOnce("negative");
    }

    async Task IsDisconnected(byte[] bytes)
    {
        using var connection = await Connect();
        await connection.GetStream().WriteAsync(bytes);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(12), TimeProvider.System);
        try
        {
            // The last word may be a protocol message that says goodbye
            while (await connection.GetStream().ReadAsync(new byte[64], limit.Token) > 0)
                continue;
        }
        catch (IOException)
        {
            // Reset instead of closed
        }
    }

    async Task<TcpClient> Connect()
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(B.Address.Host!, B.Address.Port!.Value);
        return connection;
    }
}
