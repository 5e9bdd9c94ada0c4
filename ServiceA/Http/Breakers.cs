using Polly;
using Polly.CircuitBreaker;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA.Http;

/// <summary>The breaker of lane <c>actor</c>, around attempts over HTTP.</summary>
sealed class ConsecutiveBreaker(NodeBreaker breaker)
{
    public async ValueTask<Outcome<HttpResponseMessage>> Guard(HttpAttempt attempt, ResilienceContext context)
    {
        Outcome<HttpResponseMessage> outcome = default;
        var result = await breaker.Guard(async () =>
        {
            outcome = await attempt(context);
            return new AttemptResult(HttpOutcome.Of(outcome), IsExcused: outcome.IsExcused());
        });
        return result.Outcome == AttemptOutcome.CircuitOpen
            ? Outcome.FromException<HttpResponseMessage>(new BrokenCircuitException())
            : outcome;
    }
}

/// <summary>
/// Polly's breaker, which counts as a success whatever is no failure. So while it is closed it is told of an attempt only
/// when that has ended, and not at all of what must count neither way: neutral outcomes, and results from before the last trip.
/// </summary>
sealed class PollyBreaker(ResiliencePipeline<HttpResponseMessage> polly, CircuitBreakerStateProvider state, Func<int> trips)
{
    public async ValueTask<Outcome<HttpResponseMessage>> Guard(HttpAttempt attempt, ResilienceContext context)
    {
        var tripsBefore = trips();
        if (state.CircuitState != CircuitState.Closed)
            return await Probe(attempt, context);
        var outcome = await attempt(context);
        if (!outcome.IsNeutral() && trips() == tripsBefore)
            await Tell(outcome, context.Course());
        return outcome;
    }

    // In a context of its own: where the total time is over, that of the attempt is cancelled, and Polly would do nothing.
    async ValueTask Tell(Outcome<HttpResponseMessage> ended, CallCourse course)
    {
        var context = HttpOutcome.ContextOf(course);
        await polly.ExecuteOutcomeAsync(static (_, ended) => ValueTask.FromResult(ended), context, ended);
        ResilienceContextPool.Shared.Return(context);
    }

    // Open it refuses, and half-open it lets one probe through, which must end: neutral, it has not shown that the node is
    // well, and opens it again.
    async ValueTask<Outcome<HttpResponseMessage>> Probe(HttpAttempt attempt, ResilienceContext context)
    {
        var outcome = await polly.ExecuteOutcomeAsync(static async (context, attempt) =>
        {
            var outcome = await attempt(context);
            return outcome.IsNeutral() ? Outcome.FromException<HttpResponseMessage>(new NeutralProbeException(outcome)) : outcome;
        }, context, attempt);
        return outcome.Exception is NeutralProbeException neutral ? neutral.Outcome : outcome;
    }

    // Classified as a failure, like every exception that is not known
    sealed class NeutralProbeException(Outcome<HttpResponseMessage> outcome) : Exception
    {
        public Outcome<HttpResponseMessage> Outcome => outcome;
    }
}
