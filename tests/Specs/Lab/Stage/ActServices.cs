using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Specs.Lab.Stage;

/// <summary>Services that let themselves be set, and remember what was done to them.</summary>
sealed class ActServices : HttpMessageHandler
{
    public static readonly Uri A = new("http://service-a:1"), B = new("http://service-b:2");

    static readonly Dictionary<string, JsonNode> defaults = new()
    {
        ["MAX_RETRIES"] = 2,
        ["FAILURE_RATE"] = 0.3,
        ["BASE_LATENCY_MS"] = 30.0,
        ["MAX_LATENCY_MS"] = 800.0,
        ["WORKERS"] = 64,
        ["QUEUE_LIMIT"] = 64,
        ["HANG_AFTER_MS"] = 5_000.0,
        ["ACTOR_SUPERVISION"] = "restart",
        ["HTTP_SUPERVISION"] = "resume",
        ["REQUEST_TIMEOUT_S"] = 1.0,
        ["BACKOFF_BASE_MS"] = 50.0,
        ["FAILURE_THRESHOLD"] = 5,
        ["HTTP_BREAKER"] = "ratio",
    };

    readonly Lock gate = new();
    readonly List<string> done = [];
    JsonObject knobs = Defaults();
    JsonArray faults = [];

    /// <summary>Refuses all changes with these words; null: takes them.</summary>
    public string? Refusal { get; set; }

    /// <summary>Workers are at work so many times that somebody looks.</summary>
    public int BusyLooks { get; set; }

    public IReadOnlyList<string> Done
    {
        get
        {
            lock (gate)
                return [.. done];
        }
    }

    public JsonObject Knobs
    {
        get
        {
            lock (gate)
                return knobs.DeepClone().AsObject();
        }
    }

    public JsonArray Faults
    {
        get
        {
            lock (gate)
                return faults.DeepClone().AsArray();
        }
    }

    public string Value(string knob) => $"{Knobs[knob]!["value"]}";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
        lock (gate)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (request.Method != HttpMethod.Get)
            {
                if (Refusal is { } why)
                    return Answer(503, new JsonObject { ["detail"] = why });
                done.Add($"{request.Method} {path}");
            }
            Change(request.Method.Method, path, body);
            return Answer(200, path switch
            {
                "/knobs" => knobs.DeepClone(),
                "/faults" => faults.DeepClone(),
                "/state" => State(),
                _ => null,
            });
        }
    }

    void Change(string method, string path, JsonNode? body)
    {
        if (path == "/reset")
            (knobs, faults) = (Defaults(), []);
        else if (method == "PUT")
            faults = body!.AsArray().DeepClone().AsArray();
        else if (method == "PATCH")
            foreach (var (name, value) in body!.AsObject().Where(one => one.Key != "SEED"))
                (knobs[name] ??= new JsonObject())["value"] = value?.DeepClone();
    }

    JsonObject State()
    {
        var workers = $$"""{"workers":[{"state":"{{(BusyLooks-- > 0 ? "busy" : "idle")}}"}]}""";
        return new() { ["lanes"] = new JsonObject { ["actor"] = JsonNode.Parse(workers), ["http"] = JsonNode.Parse(workers) } };
    }

    static JsonObject Defaults() => new(defaults.Select(one => KeyValuePair.Create(one.Key,
        (JsonNode?)new JsonObject { ["value"] = one.Value.DeepClone(), ["default"] = one.Value.DeepClone() })));

    static HttpResponseMessage Answer(int status, JsonNode? body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body?.ToJsonString() ?? "", Encoding.UTF8, "application/json") };
}
