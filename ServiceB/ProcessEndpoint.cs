using System.Globalization;
using System.Text.Json.Serialization;
using Akka.Actor;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB;

/// <summary>What ServiceB answers to <c>GET /process</c> when the work was done.</summary>
public sealed record WorkResponse(string Status, string Host, long ProcessingMs);

/// <summary>ServiceB over HTTP: one piece of work in the pool of lane <c>http</c>.</summary>
public sealed class ProcessEndpoint(Pools pools, TimeProvider time)
{
    const double NoBudgetMs = 86_400_000;

    public async Task Process(HttpContext http)
    {
        if (!TryRead(http, out var work, out var problem))
        {
            await problem!.ExecuteAsync(http);
            return;
        }
        var answer = await pools.Http.Ask<WorkAnswer>(work, http.RequestAborted);
        Describe(answer, http.Response.Headers);
        if (answer.Outcome == WorkOutcome.Completed)
            Json.Write(http.Response, new WorkResponse("ok", answer.Host, (long)Math.Round(answer.ProcessingMs)),
                WorkJson.Default.WorkResponse);
        else
            await Failure(answer.Outcome).ExecuteAsync(http);
    }

    bool TryRead(HttpContext http, out DoWork work, out IResult? problem)
    {
        work = null!;
        var request = http.Request;
        if (!RequestId.TryRead(request, out var id, out problem))
            return false;
        http.Response.Headers[RequestId.Header] = id;
        if (!TryNumber(request, WorkHeaders.Attempt, 1, 1, 1_000, out var attempt))
            problem = Problems.BadValue(WorkHeaders.Attempt, "a whole number in 1..1000", $"{request.Headers[WorkHeaders.Attempt]}");
        else if (!TryNumber(request, WorkHeaders.BudgetMs, NoBudgetMs, 0, NoBudgetMs, out var budget))
            problem = Problems.BadValue(WorkHeaders.BudgetMs, $"a whole number in 0..{NoBudgetMs}", $"{request.Headers[WorkHeaders.BudgetMs]}");
        else
            work = new DoWork(0, id, (int)attempt, budget, time.MonotonicMs(), Names.HttpLane,
                TraceParent.Read(request.Headers.TraceParent));
        return work is not null;
    }

    static IResult Failure(WorkOutcome outcome) => outcome switch
    {
        WorkOutcome.Busy => Problems.Of(503, "the queue is full"),
        WorkOutcome.Draining => Problems.Of(503, "shutting down"),
        WorkOutcome.Expired => Problems.Of(504, "X-Budget-Ms was over before a worker was free"),
        WorkOutcome.Failed => Problems.Of(500, "the worker failed"),
        _ => Problems.Of(500, "worker crashed"),
    };

    // What a status cannot say
    static void Describe(WorkAnswer answer, IHeaderDictionary headers)
    {
        headers[WorkHeaders.Outcome] = answer.Outcome.Word();
        if (answer.Worker >= 0)
            headers[WorkHeaders.Worker] = answer.Worker.ToString(CultureInfo.InvariantCulture);
        if (answer.Fault is not null)
            headers[WorkHeaders.Fault] = answer.Fault;
        if (answer.Outcome is WorkOutcome.Busy or WorkOutcome.Draining)
            headers.RetryAfter = "1";
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

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WorkResponse))]
sealed partial class WorkJson : JsonSerializerContext;
