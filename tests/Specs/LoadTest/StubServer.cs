using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Specs.LoadTest;

/// <summary>
/// A server on loopback that says what a spec wants, down to the bytes. It answers each request by
/// a function of its path and id; null closes the connection instead.
/// </summary>
sealed class StubServer : IAsyncDisposable
{
    public const string Success =
        """{"ok":true,"data":{"status":"ok","host":"b","processing_ms":1},"attempts":1,"breaker_state":"closed","total_latency_ms":1,"note":"success"}""";

    const string IdHeader = "X-Request-Id: ";

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly Func<string, string, Task<string?>> answer;
    readonly Task accepting;

    public StubServer(Func<string, string, Task<string?>> answer)
    {
        this.answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    public static StubServer Saying(string? reply) => new((_, _) => Task.FromResult(reply));

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/process");

    /// <summary>Ids of the requests to /process.</summary>
    public ConcurrentQueue<string> Ids { get; } = new();

    public static string Http(int status, string body, string contentType = "application/json") =>
        $"HTTP/1.1 {status} Said\r\nContent-Type: {contentType}\r\nContent-Length: {body.Length}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The spec is over
        }
    }

    async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
                while (await ReplyAsync(reader) is { } reply)
                {
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(reply), stop.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The client went away, or the spec is over
            }
        }
    }

    async Task<string?> ReplyAsync(StreamReader reader)
    {
        var path = (await reader.ReadLineAsync(stop.Token))?.Split(' ')[1];
        var id = "";
        while (await reader.ReadLineAsync(stop.Token) is { Length: > 0 } header)
        {
            id = header.StartsWith(IdHeader, StringComparison.OrdinalIgnoreCase) ? header[IdHeader.Length..] : id;
        }

        if (path == "/process")
        {
            Ids.Enqueue(id);
        }

        return path is null ? null : await answer(path, id).WaitAsync(stop.Token);
    }
}
