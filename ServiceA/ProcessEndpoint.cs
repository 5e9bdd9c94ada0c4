using System.Text.Json.Serialization;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA;

/// <summary>What a worker did; part of <see cref="ProcessResponse"/>.</summary>
public sealed record ProcessData(string Status, string Host, long ProcessingMs);

/// <summary>The contract of <c>/process</c>: exactly these keys in this order, <c>trace</c> only where asked for.</summary>
public sealed record ProcessResponse(
    bool Ok, ProcessData? Data, int Attempts, string BreakerState, double TotalLatencyMs, string Note,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AttemptTrace>? Trace);

/// <summary><c>GET /process</c> of one lane: lets it carry the call, and turns its result into the contract's answer.</summary>
public sealed class ProcessEndpoint(Lane lane, TimeProvider time)
{
    public Task Process(HttpContext http) =>
        RequestId.TryRead(http.Request, out var id, out var problem) && TryTrace(http.Request, out var traced, out problem)
            ? Carry(http, id, traced)
            : problem!.ExecuteAsync(http);

    async Task Carry(HttpContext http, string id, bool traced)
    {
        var arrived = time.GetTimestamp();
        lane.Books.Began();
        var result = await lane.Carry(new Call(
            id, TraceParent.Read(http.Request.Headers.TraceParent), lane.Knobs, http.RequestAborted));
        var took = time.GetElapsedTime(arrived);
        lane.Books.Ended(result, took);
        Answer(http.Response, id, result, took, traced);
    }

    void Answer(HttpResponse response, string id, CallResult result, TimeSpan took, bool traced)
    {
        response.Headers[RequestId.Header] = id;
        response.StatusCode = Status(result);
        if (response.StatusCode == 503)
            response.Headers.RetryAfter =
                Math.Max(1, Math.Ceiling(result.Last?.RetryAfter.TotalSeconds ?? 1)).ToString("0");
        var node = result.Last?.Node ?? (lane.Nodes is [var first, ..] ? first : null);
        var work = result.Outcome == RequestOutcome.Succeeded ? result.Last?.Answer : null;
        Json.Write(response, new ProcessResponse(
            work is not null, work is null ? null : new("ok", work.Host, (long)Math.Round(work.ProcessingMs)),
            result.Attempts, node?.BreakerState ?? "closed", Math.Round(took.TotalMilliseconds, 2), result.Note,
            traced ? result.Trace : null), ProcessJson.Default.ProcessResponse);
    }

    static bool TryTrace(HttpRequest request, out bool traced, out IResult? problem)
    {
        var asked = request.QueryString.HasValue ? request.Query["trace"] : default;
        traced = asked == "1";
        problem = asked.Count == 0 || traced || asked == "0" ? null : Problems.BadValue("trace", "0 or 1", $"{asked}");
        return problem is null;
    }

    static int Status(CallResult result) => result.Outcome switch
    {
        RequestOutcome.Succeeded => 200,
        RequestOutcome.Failed => result.Last is null ? 500 : 502,
        RequestOutcome.TimedOut => 504,
        _ => 503,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProcessResponse))]
sealed partial class ProcessJson : JsonSerializerContext;
