using System.Runtime.ExceptionServices;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Http;

/// <summary>
/// The way of one request in lane <c>http</c>: through the pipelines of its knobs to a node. The course of the call hears of
/// every attempt, so that whatever stands in HttpPipeline.cs is counted and traced alike. When all attempts fail, the last
/// real cause decides.
/// </summary>
public sealed class HttpCallPath(NodesInTurn<HttpNode> turns, TimeProvider time, RetryBudget budget, PauseMeter pauses)
{
    volatile HttpPipelines? latest;

    /// <summary>Carries a request through to its result.</summary>
    /// <param name="call">The request.</param>
    /// <param name="course">What has happened to it so far, at any time.</param>
    /// <exception cref="InvalidOperationException">A bug: it cannot be sent. Breaker and ledger hear nothing.</exception>
    public Task<CallResult> Go(Call call, out CallCourse course)
    {
        if (!Wire.Carries(call.Id, call.TraceParent))
            throw new InvalidOperationException("a call with an id or a traceparent that no header can carry");
        budget.Requested(time.MonotonicMs());
        var pipelines = Of(call.Knobs);
        if (call.Knobs != pipelines.InEffect) call = call with { Knobs = pipelines.InEffect };
        course = new CallCourse(call, time, budget, pauses);
        return Run(pipelines, course);
    }

    // What calls began with is what they end with: a change of knobs makes new pipelines, and leaves these alone.
    HttpPipelines Of(GatewayKnobs knobs) => latest is { } known && ReferenceEquals(known.AskedFor, knobs)
        ? known
        : latest = new HttpPipelines(knobs, time);

    async Task<CallResult> Run(HttpPipelines pipelines, CallCourse course)
    {
        var context = HttpOutcome.ContextOf(course);
        var outcome = await pipelines.Request.Around(context => MayHedge(pipelines, context), context);
        ResilienceContextPool.Shared.Return(context);
        outcome.Result?.Dispose();
        if (!course.HasEnded && outcome.Exception is RateLimiterRejectedException)
            return CallResult.Refuse("too many requests in flight");
        if (!course.HasEnded && HttpOutcome.OfUnanswered(outcome.Exception!) == AttemptOutcome.TimedOut)
            course.RanOut(); // before the first attempt
        if (!course.HasEnded)
            ExceptionDispatchInfo.Throw(outcome.Exception!);
        return course.Result;
    }

    ValueTask<Outcome<HttpResponseMessage>> MayHedge(HttpPipelines pipelines, ResilienceContext context) =>
        pipelines.InEffect.HedgeAfter == TimeSpan.Zero
            ? Attempt(pipelines, context)
            : new ValueTask<Outcome<HttpResponseMessage>>(Hedged(pipelines, context));

    Task<Outcome<HttpResponseMessage>> Hedged(HttpPipelines pipelines, ResilienceContext context) =>
        Hedge.Around(context.Course(), () => AttemptOfItsOwn(pipelines, context), HttpOutcome.End, time);

    // The loser goes on when the winner's context has long been given to another call, so each has one of its own; of the
    // winner's it keeps the end of the total time, for as long as that is waited for.
    async Task<Outcome<HttpResponseMessage>> AttemptOfItsOwn(HttpPipelines pipelines, ResilienceContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var own = HttpOutcome.ContextOf(context.Course(), ended.Token);
        var outcome = await Attempt(pipelines, own);
        ResilienceContextPool.Shared.Return(own);
        return outcome;
    }

    async ValueTask<Outcome<HttpResponseMessage>> Attempt(HttpPipelines pipelines, ResilienceContext context)
    {
        var course = context.Course();
        if (course.IsOver || course.Call.CallerGone.IsCancellationRequested
            || context.CancellationToken.IsCancellationRequested)
            return Outcome.FromException<HttpResponseMessage>(new OperationCanceledException());
        var outcome = HttpOutcome.NoNode;
        foreach (var node in turns.From(course.LastNode))
        {
            course.Trying(node);
            outcome = await pipelines.At(node)(context);
            if (outcome.Exception is not BrokenCircuitException)
                break;
            course.Refused(new AttemptResult(AttemptOutcome.CircuitOpen, RetryAfter: node.Breaker.RetryAfter, Node: node));
        }
        if (course.LastNode is null)
            course.Refused(new AttemptResult(AttemptOutcome.Unavailable));
        course.BreakerLearned();
        return outcome;
    }
}
