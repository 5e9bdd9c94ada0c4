using System.Text.Json.Nodes;
using TinyResilient.Lab.Http;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Running;

/// <summary>Sets up the services for an arm, and reads their books, over HTTP as a user does.</summary>
/// <exception cref="RunFailedException">From every method: a service refuses, or does not answer.</exception>
sealed class Controls(HttpClient http, Uri serviceA, IReadOnlyList<Uri> serviceB)
{
    readonly ServiceClient _client = new(http, ServiceClient.TokenOfEnvironment);

    /// <summary>Everything to its start, then defaults, then the arm's knobs and faults.</summary>
    public async Task PrepareAsync(Arm arm, long seed, CancellationToken stop)
    {
        await SendAsync(HttpMethod.Post, serviceA, "reset", null, stop);
        var patch = Defaults(await ReadAsync(serviceA, "knobs", stop));
        foreach (var (name, value) in arm.Knobs)
            patch[name] = JsonValue.Create(value);
        patch["SEED"] = seed;
        await SetAsync(patch, stop);
        await BreakAsync(arm, stop);
    }

    /// <summary>Turns knobs of both services, all or none.</summary>
    public async Task SetAsync(JsonObject patch, CancellationToken stop) =>
        await SendAsync(HttpMethod.Patch, serviceA, "knobs", patch, stop);

    /// <summary>These faults in place of those that are set, on every ServiceB.</summary>
    public async Task BreakAsync(IEnumerable<JsonObject> faults, CancellationToken stop) =>
        await SendAsync(HttpMethod.Put, serviceA, "faults", Array(faults), stop);

    /// <summary>Sets the arm's faults.</summary>
    public async Task BreakAsync(Arm arm, CancellationToken stop)
    {
        await BreakAsync(arm.Faults, stop);
        foreach (var (node, faults) in arm.NodeFaults)
            await SendAsync(HttpMethod.Put, serviceB[node], "faults", Array(faults), stop);
    }

    /// <summary>Whether the first ServiceB does a piece of work within a second, when it is asked from outside and not by ServiceA.</summary>
    public async Task<bool> IsDoneAsync(string requestId, TimeProvider time, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(serviceB[0], "process"));
        request.Headers.Add("X-Request-Id", requestId);
        try
        {
            using var answer = await http.SendAsync(request, either.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (NoAnswer.Is(e, stop))
        {
            return false;
        }
    }

    /// <summary>Many workers, so that what still waits is soon done.</summary>
    public async Task HurryAsync(CancellationToken stop) =>
        await SendAsync(HttpMethod.Patch, serviceA, "knobs", new JsonObject { ["WORKERS"] = 1_000 }, stop);

    public async Task ResetAsync(CancellationToken stop) =>
        await SendAsync(HttpMethod.Post, serviceA, "reset", null, stop);

    /// <summary>Knobs and faults as they are set now.</summary>
    public async Task<(JsonObject Knobs, JsonArray Faults)> SetNowAsync(CancellationToken stop)
    {
        var faults = JsonNode.Parse(await SendAsync(HttpMethod.Get, serviceA, "faults", null, stop)) as JsonArray;
        return (await ReadAsync(serviceA, "knobs", stop), faults ?? throw new RunFailedException($"{serviceA}faults does not answer with faults"));
    }

    /// <summary>One lane of the ledger of ServiceA.</summary>
    public async Task<JsonObject> GatewayLedgerAsync(string lane, CancellationToken stop) =>
        Lane(await ReadAsync(serviceA, "ledger", stop), lane);

    /// <summary>One lane of the ledger of each ServiceB.</summary>
    public async Task<IReadOnlyList<JsonObject>> PoolLedgersAsync(string lane, CancellationToken stop) =>
        await Task.WhenAll(serviceB.Select(async node => Lane(await ReadAsync(node, "ledger", stop), lane)));

    public async Task<ServiceStates> StatesAsync(CancellationToken stop) =>
        new(await ReadAsync(serviceA, "state", stop), await Task.WhenAll(serviceB.Select(node => ReadAsync(node, "state", stop))));

    /// <summary>One line when nothing or something else answers there, otherwise null. Changes nothing.</summary>
    public async Task<string?> StrangerAsync(CancellationToken stop)
    {
        foreach (var (address, name) in serviceB.Select(node => (node, "service-b")).Prepend((serviceA, "service-a")))
        {
            var answer = await _client.GetAsync(address, "state", stop);
            if (!answer.IsAnswer)
                return $"{name} does not answer on {address}; start a lab with: tiny up, or name another with --port-base";
            if ($"{Json.Parse(answer.Body)?["service"]}" != name)
                return $"what answers on {address} is not {name} of this lab; name another lab with --port-base";
        }
        return null;
    }

    /// <summary>
    /// Every knob's default, so that neither the environment that the services began with matters nor what was turned
    /// since. A knob of one lane alone has none: it is taken off.
    /// </summary>
    /// <param name="knobs">As <c>GET /knobs</c> answers.</param>
    internal static JsonObject Defaults(JsonObject knobs) => new(
        from knob in knobs
        where knob.Key != "SEED" && knob.Value?["default"] is not null
        let isOfOneLane = Scenarios.Lane.Both.Any(lane =>
            knob.Key.StartsWith($"{lane}_", StringComparison.OrdinalIgnoreCase) && knobs.ContainsKey(knob.Key[(lane.Length + 1)..]))
        select KeyValuePair.Create(knob.Key, isOfOneLane ? null : knob.Value!["default"]!.DeepClone()));

    static JsonArray Array(IEnumerable<JsonObject> faults) => [.. faults.Select(fault => fault.DeepClone())];

    internal static JsonObject Lane(JsonObject answer, string lane) => answer["lanes"]?[lane] as JsonObject
        ?? throw new RunFailedException($"the service does not know lane {lane}");

    async Task<JsonObject> ReadAsync(Uri address, string path, CancellationToken stop) =>
        Json.Parse(await SendAsync(HttpMethod.Get, address, path, null, stop))
        ?? throw new RunFailedException($"{address}{path} does not answer as a service of this lab does");

    async Task<string> SendAsync(HttpMethod method, Uri address, string path, JsonNode? json, CancellationToken stop)
    {
        var answer = await _client.SendAsync(method, address, path, json?.ToJsonString(), stop);
        if (answer.IsOk)
            return answer.Body;
        if (!answer.IsAnswer)
            throw new RunFailedException($"{address}{path} does not answer");
        var why = string.Join("; ", Problem.Lines(answer.Status, answer.Body));
        throw new RefusedException($"{method} {address}{path}: {why}", why);
    }
}
