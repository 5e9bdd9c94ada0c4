using System.Net.Http.Headers;
using System.Text;

namespace TinyResilient.Lab.Http;

/// <summary>What a service answered.</summary>
/// <param name="Status">0: nothing.</param>
sealed record ServiceAnswer(int Status, string Body)
{
    public static readonly ServiceAnswer None = new(0, "");

    public bool IsAnswer => Status != 0;
    public bool IsOk => Status is >= 200 and < 300;
}

/// <summary>
/// Asks services and changes them, over HTTP as everybody does. Sends the token of CONTROL_TOKEN to them alone, with a
/// change alone, and shows it nowhere. Whatever a service does is an answer; it throws only when it is told to stop.
/// </summary>
sealed class ServiceClient(HttpClient http, string? token)
{
    /// <summary>A client that follows no redirect, so that the token goes nowhere else.</summary>
    public static HttpClient Http(TimeSpan timeout) => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        Timeout = timeout,
    };

    public static string? TokenOfEnvironment => Environment.GetEnvironmentVariable("CONTROL_TOKEN") is { } token
        && !string.IsNullOrWhiteSpace(token) ? token.Trim() : null;

    public Task<ServiceAnswer> GetAsync(Uri address, string path, CancellationToken stop = default) =>
        SendAsync(HttpMethod.Get, address, path, null, stop);

    /// <param name="json">The body, or null.</param>
    public async Task<ServiceAnswer> SendAsync(HttpMethod method, Uri address, string path, string? json, CancellationToken stop = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        if (token is not null && method != HttpMethod.Get)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        try
        {
            using var answer = await http.SendAsync(request, stop);
            // Read as UTF-8: by an encoding that the answer names, and nobody knows, reading would fail
            var body = await answer.Content.ReadAsByteArrayAsync(stop);
            return new((int)answer.StatusCode, Encoding.UTF8.GetString(body));
        }
        catch (Exception e) when (NoAnswer.Is(e, stop))
        {
            return ServiceAnswer.None;
        }
    }
}
