using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Specs;

/// <summary>
/// A peer on loopback that accepts every connection, reads so many bytes of what comes, says this much, and resets it: what it
/// leaves behind is no orderly end, but an RST.
/// </summary>
sealed class ResettingPeer : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly int reads;
    readonly byte[] says;
    readonly Task accepting;

    /// <param name="reads">0: nothing is read, and the connection is reset as soon as it has been accepted.</param>
    /// <param name="says">The beginning of an answer, perhaps.</param>
    public ResettingPeer(int reads = 0, string says = "")
    {
        (this.reads, this.says) = (reads, Encoding.ASCII.GetBytes(says));
        listener.Start(backlog: 1024);
        accepting = AcceptAsync();
    }

    public Uri Url => new($"http://{listener.LocalEndpoint}/process");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    async Task AcceptAsync()
    {
        var meetings = new List<Task>();
        while (!stop.IsCancellationRequested)
            try
            {
                meetings.Add(MeetAsync(await listener.AcceptSocketAsync(stop.Token)));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                // The spec is over, or the client was faster
            }
        await Task.WhenAll(meetings);
    }

    async Task MeetAsync(Socket client)
    {
        using var _ = client;
        client.LingerState = new LingerOption(true, 0);
        try
        {
            for (var read = 0; read < reads;)
            {
                var more = await client.ReceiveAsync(new byte[reads - read], stop.Token);
                if (more == 0) return;
                read += more;
            }
            await client.SendAsync(says, stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The spec is over, or the client went first
        }
    }
}
