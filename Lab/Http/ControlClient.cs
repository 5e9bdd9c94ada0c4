using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using TinyResilient.Lab.Knobs;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Http;

/// <summary>A service said no, or nothing. The lines are for people.</summary>
sealed class ControlException(int exitCode, IReadOnlyList<string> lines) : Exception(string.Join('\n', lines))
{
    public int Code => exitCode;
}

/// <summary>
/// Changes a running lab the way everybody else does: over ServiceA's HTTP, which passes on to ServiceB
/// what is ServiceB's. Sends the token of CONTROL_TOKEN, and shows it nowhere.
/// </summary>
/// <exception cref="ControlException">From every method: the service refuses, or does not answer.</exception>
sealed class ControlClient : IDisposable
{
    readonly HttpClient _http;

    public ControlClient(Uri serviceA, string? token)
    {
        _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = serviceA,
            Timeout = TimeSpan.FromSeconds(5),
        };
        if (!string.IsNullOrWhiteSpace(token))
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
    }

    public async Task<KnobTable> KnobsAsync() => Table(await SendAsync(HttpMethod.Get, "knobs"));

    /// <summary>Changes all knobs of the patch, or none.</summary>
    /// <returns>The knobs after it.</returns>
    public async Task<KnobTable> PatchAsync(JsonObject patch) =>
        Table(await SendAsync(HttpMethod.Patch, "knobs", patch.ToJsonString()));

    /// <summary>Replaces all faults that are set.</summary>
    public Task PutFaultsAsync(JsonArray faults) => SendAsync(HttpMethod.Put, "faults", faults.ToJsonString());

    public Task ResetAsync() => SendAsync(HttpMethod.Post, "reset");

    public void Dispose() => _http.Dispose();

    async Task<string> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        try
        {
            using var answer = await _http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            var status = (int)answer.StatusCode;
            if (answer.IsSuccessStatusCode)
                return body;
            var code = status == 400 ? ExitCode.Usage : ExitCode.Failed;
            throw new ControlException(code, Problem.Lines(status, body));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            throw Failed($"service-a does not answer on {_http.BaseAddress}; "
                + "start a lab with: tiny up, or name another with --port-base");
        }
    }

    KnobTable Table(string answer) => KnobTable.Read(answer)
        ?? throw Failed($"{_http.BaseAddress}knobs does not answer as service-a does.");

    static ControlException Failed(string line) => new(ExitCode.Failed, [line]);
}
