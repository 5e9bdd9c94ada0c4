using System.Globalization;
using System.Text.Json.Serialization;
using Polly;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Http;

/// <summary>
/// One ServiceB process over HTTP. Every attempt is at most one request on the wire, and enters the ledger once. An attempt
/// that is given up closes its connection: what became of its work nobody can tell us, so it counts as lost; as unsent where
/// it was still waiting for a connection.
/// </summary>
public sealed class HttpNode(Uri url, HttpClients clients, HttpBreaker breaker, HttpLedger ledger, NodeMetrics metrics)
    : GuardedNode<HttpBreaker>(url.Authority, breaker, metrics)
{
    readonly Uri process = new(url, "/process");
    volatile string? host;

    public Uri Url => url;
    public override HttpLedger Ledger => ledger;
    public override string? Host => host;

    /// <summary>Sends one attempt and waits for its answer, until the policies around it give it up.</summary>
    public async ValueTask<Outcome<HttpResponseMessage>> Send(ResilienceContext context)
    {
        var course = context.Course();
        var attempt = course.Begin();
        var content = new AttemptContent();
        HttpResponseMessage response;
        WorkAnswer answer;
        Ledger.Sent();
        try
        {
            response = await clients.For(course.Call.Knobs.Pipeline)
                .SendAsync(Request(course, attempt.Number, content), context.CancellationToken);
            answer = await HttpOutcome.Read(response, context.CancellationToken);
        }
        catch (Exception unanswered)
        {
            var outcome = HttpOutcome.OfUnanswered(unanswered);
            if (outcome == AttemptOutcome.ConnectionLost) Ledger.GoneWithNode();
            else if (content.IsWritten) Ledger.Lost();
            else Ledger.Unsent();
            if (outcome is null) throw; // a bug, but it leaves nothing in flight
            End(course, attempt, new AttemptResult(outcome.Value));
            var isExcused = outcome == AttemptOutcome.TimedOut && course.StoodStill(attempt);
            return Outcome.FromException<HttpResponseMessage>(
                isExcused ? new HttpOutcome.StoodStillException(unanswered) : unanswered);
        }
        Ledger.Answered(answer.Outcome);
        if (host is null && answer.Outcome == WorkOutcome.Completed) host = answer.Host;
        End(course, attempt, AttemptResult.Of(answer));
        return Outcome.FromResult(response);
    }

    HttpRequestMessage Request(CallCourse course, int attempt, AttemptContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, process)
        {
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        var headers = request.Headers;
        headers.TryAddWithoutValidation(RequestId.Header, course.Call.Id);
        if (attempt > 1)
            headers.TryAddWithoutValidation(WorkHeaders.Attempt, attempt.ToString(CultureInfo.InvariantCulture));
        if (course.Call.Knobs.SendsDeadline)
            headers.TryAddWithoutValidation(WorkHeaders.BudgetMs,
                ((long)Math.Ceiling(course.AttemptTimeout.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture));
        if (course.Call.TraceParent is { } traceParent)
            headers.TryAddWithoutValidation("traceparent", traceParent);
        return request;
    }

    void End(CallCourse course, (int Number, double AtMs) attempt, AttemptResult result)
    {
        course.End(attempt, result with { Node = this });
        Metrics.Ended(result.Outcome);
    }
}

/// <summary>What lane <c>http</c> reads in the body of ServiceB's 200. Setters are read faster than a constructor's parameters.</summary>
sealed class WorkBody
{
    public string? Host { get; set; }
    public double ProcessingMs { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(WorkBody))]
sealed partial class WorkBodyJson : JsonSerializerContext;
