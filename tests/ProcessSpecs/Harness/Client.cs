using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace ProcessSpecs.Harness;

/// <summary>Speaks HTTP with one service. Never throws for what the service does: no answer is an answer as well.</summary>
sealed class Client(int port, string host = "127.0.0.1") : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
    {
        BaseAddress = new Uri($"http://{host}:{port}"),
        Timeout = Until.Limit,
    };

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, null, headers);

    public Task<Answer> Process(string requestId, string lane = "actor") =>
        Get(lane == "actor" ? "/process" : $"/process/{lane}", ("X-Request-Id", requestId));

    public Task<Answer> Patch(string json, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Patch, "/knobs", json, headers);

    public Task<Answer> Post(string path) => Send(HttpMethod.Post, path, null);

    public async Task<Answer> Send(
        HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var answer = await http.SendAsync(request);
            return new Answer((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(),
                answer.Content.Headers.ContentType?.MediaType ?? "", answer.Headers.RetryAfter?.ToString(),
                answer.Headers.TryGetValues("X-Request-Id", out var ids) ? string.Join(",", ids) : null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or TaskCanceledException)
        {
            return new Answer(0, e.GetBaseException().Message);
        }
    }

    /// <summary>Opens a stream and gives the task that ends with it.</summary>
    public async Task<Task> Events()
    {
        var stream = await http.GetStreamAsync("/events");
        var first = await stream.ReadAsync(new byte[1]);
        return first == 1 ? Drain(stream) : throw new InvalidOperationException("the stream ended at once");
    }

    /// <summary>The first so many snapshots of <c>/events</c>.</summary>
    public async Task<IReadOnlyList<JsonNode>> FirstEvents(int count)
    {
        await using var stream = await http.GetStreamAsync("/events");
        using var lines = new StreamReader(stream);
        var events = new List<JsonNode>();
        while (events.Count < count && await lines.ReadLineAsync().WaitAsync(Until.Limit, TimeProvider.System) is { } line)
            if (line.StartsWith("data: {\"", StringComparison.Ordinal))
                events.Add(JsonNode.Parse(line["data: ".Length..])!);
        return events;
    }

    /// <summary>One member of the ledger of a lane: <c>requests</c>, <c>attempts</c> or <c>effects</c>.</summary>
    public async Task<JsonObject> Ledger(string part, string lane = "actor") =>
        (await Get("/ledger")).Json["lanes"]![lane]![part]!.AsObject();

    public Task Reset() => Until.Fact("reset", () => Post("/reset"), answer => answer.Status == 204);

    /// <summary>All series of <c>/metrics</c> whose name and labels hold the words, added up.</summary>
    public async Task<double> Metric(string family, params string[] labels) =>
        (await Get("/metrics")).Text.Split('\n')
            .Where(line => line.StartsWith(family + "{", StringComparison.Ordinal)
                && labels.All(label => line.Contains(label, StringComparison.Ordinal)))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    public async Task<JsonNode> Knob(string name) => (await Get("/knobs")).Json[name]!["value"]!;

    public void Dispose() => http.Dispose();

    static async Task Drain(Stream stream)
    {
        await using var _ = stream;
        while (await stream.ReadAsync(new byte[4096]) > 0)
            continue;
    }
}
