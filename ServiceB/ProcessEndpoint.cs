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
        if (!TryNumber(http.Request, WorkHeaders.Attempt, 1, 1, 1_000, out var attempt))
            return Problems.BadField(WorkHeaders.Attempt, "must be a whole number in 1..1000");
        if (!TryNumber(http.Request, WorkHeaders.BudgetMs, NoBudgetMs, 0, NoBudgetMs, out var budget))
            return Problems.BadField(WorkHeaders.BudgetMs, $"must be a whole number in 0..{NoBudgetMs}");

        var work = new DoWork(0, id, (int)attempt, budget, time.MonotonicMs(), Names.HttpLane, http.Request.Headers.TraceParent);
        var answer = await pools.Http.Ask<WorkAnswer>(work, http.RequestAborted);
        Describe(answer, http.Response.Headers);
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

    // What a status cannot say
    static void Describe(WorkAnswer answer, IHeaderDictionary headers)
    {
        headers[WorkHeaders.Outcome] = answer.Outcome.Word();
        if (answer.Worker >= 0)
            headers[WorkHeaders.Worker] = answer.Worker.ToString(CultureInfo.InvariantCulture);
        if (answer.Fault is not null)
            headers[WorkHeaders.Fault] = answer.Fault;
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
