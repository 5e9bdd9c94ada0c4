using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TinyResilient.Shared.Hosting;

/// <summary>What another service answered about its knobs.</summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
/// <param name="Body">Its JSON object; empty when there was none.</param>
sealed record KnobAnswer(int Status, JsonObject Body)
{
    public bool Ok => Status is 200 or 204;
}

/// <summary>
/// Reads and changes the knobs of another service over HTTP. Waits at most two seconds, follows no
/// redirect, so that the token goes nowhere else, and never throws for what the other service does.
/// </summary>
public sealed class KnobClient : IDisposable
{
    static readonly KnobAnswer Nothing = new(0, []);

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
        Send(Change("/knobs?validate=true", patch), gone);

    internal Task<KnobAnswer> Patch(JsonObject patch, CancellationToken gone) => Send(Change("/knobs", patch), gone);

    /// <summary>Sends <c>POST /reset</c>. False where the service did not confirm it.</summary>
    public async Task<bool> Reset(CancellationToken gone) =>
        (await Send(new HttpRequestMessage(HttpMethod.Post, "/reset"), gone)).Ok;

    public void Dispose() => _http.Dispose();

    static HttpRequestMessage Change(string path, JsonObject patch) =>
        new(HttpMethod.Patch, path) { Content = JsonContent.Create(patch) };

    async Task<KnobAnswer> Send(HttpRequestMessage request, CancellationToken gone)
    {
        using var _ = request;
        try
        {
            using var answer = await _http.SendAsync(request, gone);
            var text = await answer.Content.ReadAsStringAsync(gone);
            return new((int)answer.StatusCode, Parse(text));
        }
        catch (HttpRequestException)
        {
            return Nothing;
        }
        catch (TaskCanceledException) when (!gone.IsCancellationRequested)
        {
            return Nothing;
        }
    }

    static JsonObject Parse(string text)
    {
        try
        {
            return text.Length > 0 && JsonNode.Parse(text) is JsonObject body ? body : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
