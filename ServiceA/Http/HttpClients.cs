namespace TinyResilient.ServiceA.Http;

/// <summary>
/// The connections of lane <c>http</c>: as many as there are attempts in flight. Nothing between us and ServiceB adds a
/// policy of its own: no proxy, no redirect, no cookies, no time limit but those of the pipeline.
/// </summary>
public static class HttpClients
{
    // Long enough to be no cost, short enough that a name that moves to another address is followed
    static readonly TimeSpan lifetime = TimeSpan.FromMinutes(2);

    public static HttpMessageInvoker New() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = int.MaxValue,
        PooledConnectionLifetime = lifetime,
        ActivityHeadersPropagator = null, // the client's traceparent goes on unchanged, and only once
    });
}
