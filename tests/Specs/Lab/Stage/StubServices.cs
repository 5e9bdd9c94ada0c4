using System.Net;
using System.Text;

namespace Specs.Lab.Stage;

/// <summary>ServiceA and ServiceB as the stage reads them, with whatever a spec wants in them.</summary>
sealed class StubServices : HttpMessageHandler
{
    public static readonly Uri A = new("http://service-a:1"), B = new("http://service-b:2");

    public bool HasA { get; set; } = true;
    public bool HasB { get; set; } = true;

    /// <summary>It takes connections and answers nothing.</summary>
    public bool IsBSilent { get; set; }
    public int PidOfA { get; set; } = 10;
    public int PidOfB { get; set; } = 20;
    public long Sent { get; set; }
    public long Succeeded { get; set; }
    public long Failed { get; set; }
    public long Attempts { get; set; }
    public string Breaker { get; set; } = "closed";
    public string ProbeInMs { get; set; } = "null";
    public string StoodStill { get; set; } = "";
    public string Workers { get; set; } = """{"number":0,"state":"idle","restarts":0,"last_fault":null,"failures":0,"restart_ms":null,"restart_cause":null}""";
    public string Knobs { get; set; } = """
        {"WORKERS":{"value":64,"default":64,"meaning":"workers"},"BASE_LATENCY_MS":{"value":30,"default":30},"MAX_LATENCY_MS":{"value":800,"default":800}}
        """;
    public string Faults { get; set; } = "[]";

    /// <summary>Instead of all that.</summary>
    public string? AnythingOfA { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isA = request.RequestUri!.Host == A.Host;
        if (isA ? !HasA : !HasB)
            throw new HttpRequestException("connection refused");
        if (!isA && IsBSilent)
            await new TaskCompletionSource().Task;
        var text = isA ? AnythingOfA ?? OfA(request.RequestUri.AbsolutePath) : OfB(request.RequestUri.AbsolutePath);
        return new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };
    }

    string OfA(string path) => path switch
    {
        "/state" => $$$"""{"service":"service-a","pid":{{{PidOfA}}},"stood_still":[{{{StoodStill}}}],"lanes":{"actor":{{{LaneOfA}}},"http":{{{LaneOfA}}} } }""",
        "/knobs" => Knobs,
        "/faults" => Faults,
        _ => "",
    };

    string LaneOfA => $$$"""
        {"requests":{"sent":{{{Sent}}},"succeeded":{{{Succeeded}}},"failed":{{{Failed}}},"refused":0,"timed_out":0,"caller_gone":0,"in_flight":{{{Sent - Succeeded - Failed}}} },
         "nodes":{"node:1":{"accepting":true,"host":null,"breaker_state":"{{{Breaker}}}","probe_in_ms":{{{ProbeInMs}}},"attempts":{"sent":{{{Attempts}}} } } } }
        """;

    string OfB(string path) => path == "/state"
        ? $$$"""{"service":"service-b","host":"h","pid":{{{PidOfB}}},"stood_still":[{{{StoodStill}}}],"faults":[],"lanes":{"actor":{{{LaneOfB}}},"http":{{{LaneOfB}}} } }"""
        : """{"lanes":{"actor":{"attempts":{"received":5},"effects":{"unique":1,"duplicate":2}},"http":{"attempts":{},"effects":{}}}}""";

    string LaneOfB => $$"""{"queue_length":3,"queue_limit":64,"workers":[{{Workers}}]}""";
}
