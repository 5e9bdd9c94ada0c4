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
    readonly HttpClient _http = ServiceClient.Http(TimeSpan.FromSeconds(5));
    readonly ServiceClient _client;
    readonly Uri _serviceA;

    public ControlClient(Uri serviceA, string? token) => (_serviceA, _client) = (serviceA, new(_http, token));

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
        var answer = await _client.SendAsync(method, _serviceA, path, json);
        if (answer.IsOk)
            return answer.Body;
        if (!answer.IsAnswer)
            throw Failed($"service-a does not answer on {_serviceA}; "
                + "start a lab with: tiny up, or name another with --port-base");
        throw new ControlException(answer.Status == 400 ? ExitCode.Usage : ExitCode.Failed, Problem.Lines(answer.Status, answer.Body));
    }

    KnobTable Table(string answer) => KnobTable.Read(answer)
        ?? throw Failed($"{_serviceA}knobs does not answer as service-a does.");

    static ControlException Failed(string line) => new(ExitCode.Failed, [line]);
}
