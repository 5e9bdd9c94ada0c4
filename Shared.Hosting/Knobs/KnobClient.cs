using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TinyResilient.Shared.Hosting;

/// <summary>Makes what a <see cref="KnobClient"/> sends with.</summary>
public delegate HttpMessageHandler NewControlHandler();

/// <summary>
/// Reads and changes the knobs and faults of another service over HTTP. Waits at most two seconds, follows no
/// redirect, and never throws for what the other service does. It proves that it knows the token, and never sends it:
/// whoever listens there gets nothing that opens anything else.
/// </summary>
public sealed class KnobClient : IDisposable
{
    static readonly KnobAnswer Nothing = new(0);

    readonly HttpClient _http;
    readonly Secret? _token;
    readonly TimeProvider _time;
    readonly NonsenseLog _nonsense;

    /// <param name="service">Its name, e.g. <c>service-b</c>.</param>
    public KnobClient(
        string service, Uri address, Secret? token, TimeProvider time, NonsenseLog nonsense, HttpMessageHandler handler)
    {
        (Service, _token, _time, _nonsense) = (service, token, time, nonsense);
        Where = new UriBuilder(address) { Host = address.IdnHost }.Uri.Authority;
        _http = new HttpClient(handler)
        {
            BaseAddress = address,
            MaxResponseContentBufferSize = 1024 * 1024,
            Timeout = Timeout.InfiniteTimeSpan, // it would count on the machine's clock
        };
    }

    /// <summary>How long an answer may take.</summary>
    internal TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>One that follows no redirect, and goes through no proxy.</summary>
    public static HttpMessageHandler NewHandler() =>
        new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };

    public string Service { get; }

    /// <summary>The header that says that this service did not answer: <c>X-Service-B</c>.</summary>
    public string Header => "X-" + CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Service);

    /// <summary>host:port, as the Host header has it.</summary>
    public string Where { get; }

    internal Task<KnobAnswer> Get(CancellationToken gone) => Send(HttpMethod.Get, "/knobs", null, Wanted.Knobs, gone);

    internal Task<KnobAnswer> Check(JsonObject patch, CancellationToken gone) =>
        Send(HttpMethod.Patch, "/knobs?validate=true", Bytes(patch), Wanted.Nothing, gone);

    internal Task<KnobAnswer> Patch(JsonObject patch, CancellationToken gone) =>
        Send(HttpMethod.Patch, "/knobs", Bytes(patch), Wanted.Knobs, gone);

    internal Task<KnobAnswer> GetFaults(CancellationToken gone) =>
        Send(HttpMethod.Get, "/faults", null, Wanted.Faults, gone);

    internal Task<KnobAnswer> CheckFaults(JsonElement faults, CancellationToken gone) =>
        Send(HttpMethod.Put, "/faults?validate=true", Bytes(faults), Wanted.Nothing, gone);

    internal Task<KnobAnswer> PutFaults(JsonElement faults, CancellationToken gone) =>
        Send(HttpMethod.Put, "/faults", Bytes(faults), Wanted.Faults, gone);

    internal Task<KnobAnswer> Reset(CancellationToken gone) =>
        Send(HttpMethod.Post, "/reset", null, Wanted.Nothing, gone);

    public void Dispose() => _http.Dispose();

    static byte[] Bytes<T>(T change) => JsonSerializer.SerializeToUtf8Bytes(change);

    HttpRequestMessage Request(HttpMethod method, string path, byte[]? body)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Host = Where;
        if (body is not null)
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        if (_token is not null && method != HttpMethod.Get) // reading needs none
            request.Headers.Authorization =
                ControlProof.Of(_token, _time.GetUtcNow(), Service, Where, method, path, body);
        return request;
    }

    async Task<KnobAnswer> Send(HttpMethod method, string path, byte[]? body, Wanted wanted, CancellationToken gone)
    {
        using var request = Request(method, path, body);
        using var limit = new CancellationTokenSource(Limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, gone);
        try
        {
            using var answer = await _http.SendAsync(request, either.Token);
            var read = KnobAnswer.Read(
                (int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(either.Token), wanted);
            if (read.Nonsense is { } nonsense)
                _nonsense.Add(Where,
                    $"{Service} at {Where} answered {method} {path} with {read.Status} and nonsense: {nonsense}");
            return read;
        }
        catch (Exception e) when (NoAnswer.Is(e, gone))
        {
            return Nothing;
        }
    }
}
