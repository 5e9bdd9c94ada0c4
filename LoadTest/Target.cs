using System.Net;
using System.Net.Sockets;

namespace TinyResilient.LoadTest;

/// <summary>
/// The address under load. Each request is one GET over HTTP/1.1 with its own id; redirects,
/// cookies and proxies are off, since they would measure something else. Whatever goes wrong is an
/// answer with a cause, never an exception.
/// </summary>
sealed class Target : IDisposable
{
    const int LargestAnswer = 1024 * 1024;

    readonly Uri url;
    readonly TimeSpan timeout;
    readonly TimeProvider clock;
    readonly HttpClient client;

    public Target(Uri url, TimeSpan timeout, TimeProvider clock, HttpMessageHandler? handler = null)
    {
        (this.url, this.timeout, this.clock) = (url, timeout, clock);
        var isOwn = handler is null;
        handler ??= new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
        };
        client = new HttpClient(handler, isOwn)
        {
            DefaultRequestVersion = HttpVersion.Version11,
            MaxResponseContentBufferSize = LargestAnswer,
            Timeout = Timeout.InfiniteTimeSpan, // it would count on the machine's clock
        };
    }

    /// <summary>Sends one request and reads all of its answer; null when it was stopped.</summary>
    public async Task<Answer?> AskAsync(string id, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url)
        {
            // Without a body, if only an empty one, the handler would quietly send a request up to
            // four times when a connection closes before the answer: a load test that retries in
            // secret measures nothing
            Content = new ByteArrayContent([]),
        };
        request.Headers.TryAddWithoutValidation("X-Request-Id", id);
        using var limit = new CancellationTokenSource(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            using var response = await client.SendAsync(request, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            return ProcessContract.Read(url, (int)response.StatusCode, body);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            return Answer.None($"no answer within {timeout.TotalSeconds:0.###} s");
        }
        catch (Exception e) when (NoAnswer.IsBroken(e))
        {
            return Answer.None(CauseOf(e));
        }
    }

    /// <summary>The body of a 2xx; null for anything else.</summary>
    public async Task<byte[]?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(timeout, clock);
        try
        {
            return await client.GetByteArrayAsync(url, limit.Token);
        }
        catch (Exception e) when (NoAnswer.Is(e, CancellationToken.None))
        {
            return null;
        }
    }

    public void Dispose() => client.Dispose();

    static string CauseOf(Exception e) => (e as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "host not found",
        HttpRequestError.SecureConnectionError => "TLS failed",
        HttpRequestError.ResponseEnded => "connection closed",
        HttpRequestError.InvalidResponse => "answer is not HTTP",
        HttpRequestError.ConfigurationLimitExceeded => "answer too large",
        _ when e.GetBaseException() is SocketException socket => Words(socket.SocketErrorCode),
        null => "connection closed",
        _ => "connection failed",
    };

    static string Words(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.NotConnected
            or SocketError.Shutdown => "connection closed",
        SocketError.TimedOut => "connection timed out",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "host unreachable",
        SocketError.TooManyOpenSockets => "out of sockets on this machine",
        SocketError.AddressNotAvailable or SocketError.AddressAlreadyInUse =>
            "out of ports on this machine",
        _ => $"connection failed: {error}",
    };
}
