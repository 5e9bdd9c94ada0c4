using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA.Http;

/// <summary>
/// What lane <c>http</c> sends with: one handler, and so the same connections, for every pipeline. Nothing between us and
/// ServiceB adds a policy of its own, but for the time limit of HttpClient, which is all that <c>none</c> has.
/// </summary>
public sealed class HttpClients(HttpMessageHandler handler) : IDisposable
{
    // Long enough to be no cost, short enough that a name that moves to another address is followed
    static readonly TimeSpan lifetime = TimeSpan.FromMinutes(2);

    readonly HttpMessageInvoker unlimited = new(handler);
    readonly HttpClient asShipped = new(handler, disposeHandler: false)
    {
        MaxResponseContentBufferSize = JsonBody.Limit,
    };

    /// <summary>
    /// As many connections as there are attempts in flight, as far as descriptors allow: where they do not, an attempt
    /// waits for one. No proxy, no redirect, no cookies.
    /// </summary>
    public static HttpClients New() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = Descriptors.OfThisProcess.Upstream,
        PooledConnectionLifetime = lifetime,
        ActivityHeadersPropagator = null, // the client's traceparent goes on unchanged, and only once
    });

    public HttpMessageInvoker For(PipelineKind kind) => kind == PipelineKind.None ? asShipped : unlimited;

    public void Dispose()
    {
        asShipped.Dispose();
        unlimited.Dispose();
    }
}
