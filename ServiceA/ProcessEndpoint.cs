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
    public async Task<IResult> Process(HttpContext http)
    {
        var arrived = time.GetTimestamp();
        if (!RequestId.TryRead(http.Request, out var id, out var problem))
            return problem!;
        var trace = http.Request.Query["trace"].ToString();
        if (trace is not ("" or "0" or "1"))
            return Problems.BadField("trace", "must be 0 or 1");

        lane.Books.Began();
        var result = await lane.Carry(new Call(
            id, http.Request.Headers.TraceParent, lane.Knobs, http.RequestAborted));
        var took = time.GetElapsedTime(arrived);
        lane.Books.Ended(result, took);
        return Answer(http, id, result, took, trace == "1");
    }

    IResult Answer(HttpContext http, string id, CallResult result, TimeSpan took, bool traced)
    {
        http.Response.Headers[RequestId.Header] = id;
        if (Status(result) == 503)
            http.Response.Headers.RetryAfter =
                Math.Max(1, Math.Ceiling(result.Last?.RetryAfter.TotalSeconds ?? 1)).ToString("0");
        var node = result.Last?.Node ?? lane.Nodes[0];
        var work = result.Outcome == RequestOutcome.Succeeded ? result.Last?.Answer : null;
        return Results.Json(statusCode: Status(result), data: new ProcessResponse(
            work is not null, work is null ? null : new("ok", work.Host, (long)Math.Round(work.ProcessingMs)),
            result.Attempts, node.BreakerState, Math.Round(took.TotalMilliseconds, 2), result.Note,
            traced ? result.Trace : null));
    }

    static int Status(CallResult result) => result.Outcome switch
    {
        RequestOutcome.Succeeded => 200,
        RequestOutcome.Failed => result.Last is null ? 500 : 502,
        RequestOutcome.TimedOut => 504,
        _ => 503,
    };
}
