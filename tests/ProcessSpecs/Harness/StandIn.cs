using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProcessSpecs.Harness;

/// <summary>
/// A stranger where a service should be, on a real socket: answers what it is told to, down to the bytes, and keeps all
/// that it is sent.
/// </summary>
sealed class StandIn : IAsyncDisposable
{
    /// <summary>What ServiceB could answer to <c>GET /knobs</c>.</summary>
    public const string Knobs = "{\"FAILURE_RATE\":" + Knob + "}";

    public const string Knob =
        """{"value":0.3,"default":0.3,"unit":"","range":"0..1","meaning":"share","level":"basic","service":"B"}""";

    readonly TcpListener listener;
    readonly Func<string, byte[]> answer;
    readonly CancellationTokenSource over = new();
    readonly Task accepting;

    /// <param name="answer">From the request line to the whole answer.</param>
    /// <param name="port">0: any that is free.</param>
    public StandIn(Func<string, byte[]> answer, int port = 0, string host = "127.0.0.1")
    {
        (this.answer, listener) = (answer, new TcpListener(IPAddress.Parse(host), port));
        listener.Start();
        accepting = Accept();
    }

    public Uri Url => new($"http://{listener.LocalEndpoint}");

    /// <summary>Every request, whole.</summary>
    public ConcurrentQueue<SentRequest> Requests { get; } = [];

    public static byte[] Reply(int status, byte[] body, string contentType = "application/json") =>
        [.. Encoding.Latin1.GetBytes($"HTTP/1.1 {status} Said\r\nContent-Type: {contentType}\r\n"
            + (status == 204 ? "\r\n" : $"Content-Length: {body.Length}\r\n\r\n")), .. status == 204 ? [] : body];

    public static byte[] Reply(int status, string body) => Reply(status, Encoding.UTF8.GetBytes(body));

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Stop();
        await accepting;
        over.Dispose();
    }

    async Task Accept()
    {
        var served = new List<Task>();
        try
        {
            while (true)
                served.Add(Serve(await listener.AcceptTcpClientAsync(over.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(served);
        }
    }

    async Task Serve(TcpClient accepted)
    {
        using var client = accepted;
        try
        {
            while (await Read(client.GetStream()) is { } request)
            {
                Requests.Enqueue(request);
                await client.GetStream().WriteAsync(answer(request.Line), over.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Who asked has gone, or the spec is over.
        }
    }

    async Task<SentRequest?> Read(NetworkStream stream)
    {
        var (text, buffer) = ("", new byte[4096]);
        while (!IsWhole(text))
        {
            if (await stream.ReadAsync(buffer, over.Token) is > 0 and var read)
                text += Encoding.Latin1.GetString(buffer, 0, read);
            else
                return null;
        }
        return new SentRequest(text);
    }

    static bool IsWhole(string text)
    {
        if (!text.Contains("\r\n\r\n", StringComparison.Ordinal))
            return false;
        var request = new SentRequest(text);
        return request.Header("Transfer-Encoding") is null
            ? request.Body.Length >= int.Parse(request.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)
            : request.Body.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }
}

/// <summary>One request as it came, one character for each byte.</summary>
sealed record SentRequest(string Text)
{
    public string Line => Text[..Text.IndexOf("\r\n", StringComparison.Ordinal)];

    public string Method => Line.Split(' ')[0];

    public string Target => Line.Split(' ')[1];

    public string Body => Text[(Text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    public string? Header(string name) => Text[..Text.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n")
        .Where(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))
        .Select(line => line[(name.Length + 2)..]).FirstOrDefault();
}
