using System.Globalization;
using Akka.Actor;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB;

/// <summary>What ServiceB answers to <c>GET /process</c> when the work was done.</summary>
public sealed record WorkResponse(string Status, string Host, long ProcessingMs);

/// <summary>ServiceB over HTTP: one piece of work in the pool of lane <c>http</c>.</summary>
public static class ProcessEndpoint
{
    const double NoBudgetMs = 86_400_000;

    public static async Task<IResult> Process(HttpContext http, Pools pools, TimeProvider time)
    {
        if (!RequestId.TryRead(http.Request, out var id, out var problem))
            return problem!;
        http.Response.Headers[RequestId.Header] = id;
        if (!TryNumber(http.Request, "X-Attempt", 1, 1, 1_000, out var attempt))
            return Problems.BadField("X-Attempt", "must be a whole number in 1..1000");
        if (!TryNumber(http.Request, "X-Budget-Ms", NoBudgetMs, 0, NoBudgetMs, out var budget))
            return Problems.BadField("X-Budget-Ms", $"must be a whole number in 0..{NoBudgetMs}");

        var work = new DoWork(0, id, (int)attempt, budget, time.MonotonicMs(), Names.HttpLane, http.Request.Headers.TraceParent);
        var answer = await pools.Http.Ask<WorkAnswer>(work, http.RequestAborted);
        if (answer.Outcome is WorkOutcome.Busy or WorkOutcome.Draining)
            http.Response.Headers.RetryAfter = "1";
        return answer.Outcome switch
        {
            WorkOutcome.Completed =>
                Results.Ok(new WorkResponse("ok", answer.Host, (long)Math.Round(answer.ProcessingMs))),
            WorkOutcome.Busy => Problems.Of(503, "the queue is full"),
            WorkOutcome.Draining => Problems.Of(503, "shutting down"),
            WorkOutcome.Expired => Problems.Of(504, "X-Budget-Ms was over before a worker was free"),
            WorkOutcome.Failed => Problems.Of(500, "the worker failed"),
            _ => Problems.Of(500, "worker crashed"),
        };
    }

    static bool TryNumber(HttpRequest request, string header, double fallback, double min, double max, out double value)
    {
        value = fallback;
        var text = request.Headers[header];
        return text.Count == 0
            || (double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
                && value >= min && value <= max);
    }
}
