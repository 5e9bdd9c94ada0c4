using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TinyResilient.Shared.Hosting;

/// <summary>What another service answered about its knobs or faults.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Json">What it sent, where that was JSON.</param>
sealed record KnobAnswer(int Status, JsonNode? Json)
{
    /// <summary>Its JSON object; empty when there was none.</summary>
    public JsonObject Body => Json as JsonObject ?? [];

    public bool Ok => Status is 200 or 204;
}

/// <summary>
/// Reads and changes the knobs and faults of another service over HTTP. Waits at most two seconds, follows no
/// redirect, so that the token goes nowhere else, and never throws for what the other service does.
/// </summary>
public sealed class KnobClient : IDisposable
{
    static readonly KnobAnswer Nothing = new(0, null);

    readonly HttpClient _http;

    /// <param name="service">Name for people, e.g. <c>service-b</c>.</param>
    public KnobClient(string service, Uri address, Secret? token)
        : this(service, address, token, new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
    }

    internal KnobClient(string service, Uri address, Secret? token, HttpMessageHandler handler)
    {
        Service = service;
        Where = address.Authority;
        _http = new HttpClient(handler)
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(2),
            MaxResponseContentBufferSize = 1024 * 1024,
        };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
    }

    public string Service { get; }

    /// <summary>The header that says that this service did not answer: <c>X-Service-B</c>.</summary>
    public string Header => "X-" + CultureInfo.InvariantCulture.TextInfo.ToTitleCase(Service);

    /// <summary>host:port.</summary>
    public string Where { get; }

    internal Task<KnobAnswer> Get(CancellationToken gone) =>
        Send(new HttpRequestMessage(HttpMethod.Get, "/knobs"), gone);

    internal Task<KnobAnswer> Check(JsonObject patch, CancellationToken gone) =>
        Send(Change(HttpMethod.Patch, "/knobs?validate=true", patch), gone);

    internal Task<KnobAnswer> Patch(JsonObject patch, CancellationToken gone) =>
        Send(Change(HttpMethod.Patch, "/knobs", patch), gone);

    internal Task<KnobAnswer> GetFaults(CancellationToken gone) =>
        Send(new HttpRequestMessage(HttpMethod.Get, "/faults"), gone);

    internal Task<KnobAnswer> CheckFaults(JsonNode? faults, CancellationToken gone) =>
        Send(Change(HttpMethod.Put, "/faults?validate=true", faults), gone);

    internal Task<KnobAnswer> PutFaults(JsonNode? faults, CancellationToken gone) =>
        Send(Change(HttpMethod.Put, "/faults", faults), gone);

    /// <summary>Sends <c>POST /reset</c>. False where the service did not confirm it.</summary>
    public async Task<bool> Reset(CancellationToken gone) =>
        (await Send(new HttpRequestMessage(HttpMethod.Post, "/reset"), gone)).Ok;

    public void Dispose() => _http.Dispose();

    static HttpRequestMessage Change(HttpMethod method, string path, JsonNode? change) =>
        new(method, path) { Content = JsonContent.Create(change) };

    async Task<KnobAnswer> Send(HttpRequestMessage request, CancellationToken gone)
    {
        using var _ = request;
        try
        {
            using var answer = await _http.SendAsync(request, gone);
            var text = await answer.Content.ReadAsStringAsync(gone);
            return new((int)answer.StatusCode, Parse(text));
        }
        catch (Exception e) when (NoAnswer.Is(e, gone))
        {
            return Nothing;
        }
    }

    static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length > 0 ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
