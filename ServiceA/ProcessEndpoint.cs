using System.Text.Json.Serialization;
using Akka.Actor;
using Akka.Hosting;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA;

/// <summary>What a worker did; part of <see cref="ProcessResponse"/>.</summary>
public sealed record ProcessData(string Status, string Host, long ProcessingMs);

/// <summary>The contract of <c>/process</c>: exactly these keys in this order, <c>trace</c> only where asked for.</summary>
public sealed record ProcessResponse(
    bool Ok, ProcessData? Data, int Attempts, string BreakerState, double TotalLatencyMs, string Note,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<AttemptTrace>? Trace);

/// <summary><c>GET /process</c>: asks the gateway actor, and turns its result into the contract's answer.</summary>
public sealed class ProcessEndpoint
{
    static readonly TimeSpan backstop = TimeSpan.FromSeconds(5);
    readonly IRequiredActor<GatewayActor> gateway;
    readonly UpstreamNodes nodes;
    readonly RequestBooks books;
    readonly TimeProvider time;
    volatile GatewayKnobs knobs; // one record for all requests that begin under the same values

    public ProcessEndpoint(
        IRequiredActor<GatewayActor> gateway, UpstreamNodes nodes, RequestBooks books, KnobStore store, TimeProvider time)
    {
        (this.gateway, this.nodes, this.books, this.time) = (gateway, nodes, books, time);
        knobs = GatewayKnobs.From(store.Current);
        store.Changed += (_, now) => knobs = GatewayKnobs.From(now);
    }

    public async Task<IResult> Process(HttpContext http)
    {
        var arrived = time.GetTimestamp();
        if (!RequestId.TryRead(http.Request, out var id, out var problem))
            return problem!;
        var trace = http.Request.Query["trace"].ToString();
        if (trace is not ("" or "0" or "1"))
            return Problems.BadField("trace", "must be 0 or 1");

        books.Began();
        var result = await Ask(new Call(
            id, http.Request.Headers.TraceParent, knobs, http.RequestAborted));
        var took = time.GetElapsedTime(arrived);
        books.Ended(result, took);
        return Answer(http, id, result, took, trace == "1");
    }

    async Task<CallResult> Ask(Call call)
    {
        try
        {
            return await gateway.ActorRef.Ask<CallResult>(call, call.Knobs.TotalTimeout + backstop);
        }
        catch (AskTimeoutException)
        {
            return CallResult.Broken; // the gateway answers within the total timeout, unless there is a bug in it
        }
    }

    IResult Answer(HttpContext http, string id, CallResult result, TimeSpan took, bool traced)
    {
        http.Response.Headers[RequestId.Header] = id;
        if (Status(result) == 503)
            http.Response.Headers.RetryAfter =
                Math.Max(1, Math.Ceiling(result.Last?.RetryAfter.TotalSeconds ?? 1)).ToString("0");
        var node = result.Last?.Node ?? nodes.All[0];
        var work = result.Outcome == RequestOutcome.Succeeded ? result.Last?.Answer : null;
        return Results.Json(statusCode: Status(result), data: new ProcessResponse(
            work is not null, work is null ? null : new("ok", work.Host, (long)Math.Round(work.ProcessingMs)),
            result.Attempts, node.Breaker.State, Math.Round(took.TotalMilliseconds, 2), result.Note,
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
