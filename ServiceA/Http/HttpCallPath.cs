using System.Runtime.ExceptionServices;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA.Http;

/// <summary>
/// The way of one request in lane <c>http</c>: through the pipelines of its knobs to a node. The course of the call hears of
/// every attempt, so that whatever stands in HttpPipeline.cs is counted and traced alike. When all attempts fail, the last
/// real cause decides.
/// </summary>
public sealed class HttpCallPath(IReadOnlyList<HttpNode> nodes, TimeProvider time)
{
    readonly NodesInTurn<HttpNode> turns = new(nodes);
    volatile HttpPipelines? latest;

    /// <summary>Carries a request through to its result. When the caller has gone, an attempt under way still ends in
    /// its own time, and the breaker and the ledger learn how.</summary>
    public async Task<CallResult> Go(Call call)
    {
        var pipelines = Of(call.Knobs);
        var course = new CallCourse(call with { Knobs = pipelines.InEffect }, time);
        try
        {
            var failure = await Run(pipelines, course).WaitAsync(call.CallerGone);
            if (course.LastNode is not null) return course.Result;
            if (failure is RateLimiterRejectedException) return CallResult.Refuse("too many requests in flight");
            ExceptionDispatchInfo.Throw(failure!);
        }
        catch (OperationCanceledException) when (call.CallerGone.IsCancellationRequested)
        {
        }
        return course.CallerGone;
    }

    // What calls began with is what they end with: a change of knobs makes new pipelines, and leaves these alone.
    HttpPipelines Of(GatewayKnobs knobs) => latest is { } known && ReferenceEquals(known.AskedFor, knobs)
        ? known
        : latest = new HttpPipelines(knobs, nodes, time);

    async Task<Exception?> Run(HttpPipelines pipelines, CallCourse course)
    {
        var context = HttpOutcome.ContextOf(course);
        var outcome = await pipelines.Request.ExecuteOutcomeAsync(
            static (context, way) => way.Path.Attempt(way.Pipelines, context), context, (Path: this, Pipelines: pipelines));
        ResilienceContextPool.Shared.Return(context);
        outcome.Result?.Dispose();
        return outcome.Exception;
    }

    async ValueTask<Outcome<HttpResponseMessage>> Attempt(HttpPipelines pipelines, ResilienceContext context)
    {
        var course = context.Course();
        if (course.Call.CallerGone.IsCancellationRequested)
            return Outcome.FromException<HttpResponseMessage>(new OperationCanceledException());
        var outcome = default(Outcome<HttpResponseMessage>);
        foreach (var node in turns.From(course.LastNode))
        {
            outcome = await pipelines.At(node).ExecuteOutcomeAsync(
                static (context, node) => node.Send(context), context, node);
            if (outcome.Exception is not BrokenCircuitException)
                break;
            course.Refused(new AttemptResult(AttemptOutcome.CircuitOpen, RetryAfter: node.Breaker.RetryAfter, Node: node));
        }
        course.BreakerLearned();
        return outcome;
    }
}
