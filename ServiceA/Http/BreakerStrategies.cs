using Polly;
using Polly.CircuitBreaker;
using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA.Http;

/// <summary>The breaker of lane <c>actor</c> as a Polly strategy.</summary>
sealed class ConsecutiveBreaker(NodeBreaker breaker) : ResilienceStrategy<HttpResponseMessage>
{
    protected override async ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState state)
    {
        Outcome<HttpResponseMessage> outcome = default;
        var result = await breaker.Guard(async () =>
        {
            outcome = await callback(context, state);
            return new AttemptResult(HttpOutcome.Of(outcome));
        });
        return result.Outcome == AttemptOutcome.CircuitOpen
            ? Outcome.FromException<HttpResponseMessage>(new BrokenCircuitException())
            : outcome;
    }
}

/// <summary>
/// Keeps from Polly's breaker what must count neither way, because Polly counts as a success whatever is no failure: neutral
/// outcomes, and results from before the last trip. They are told to the caller, while what the breaker watches stays
/// unfinished for ever, and is collected. The one probe of a half-open breaker must end: neutral, it has not shown that the
/// node is well, and opens it again.
/// </summary>
sealed class UncountedOutcomes(
    ResiliencePipeline<HttpResponseMessage> breaker, CircuitBreakerStateProvider state, Func<int> trips)
    : ResilienceStrategy<HttpResponseMessage>
{
    protected override ValueTask<Outcome<HttpResponseMessage>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState given)
    {
        var told = new TaskCompletionSource<Outcome<HttpResponseMessage>>();
        _ = Tell(told, callback, context, given);
        return new ValueTask<Outcome<HttpResponseMessage>>(told.Task);
    }

    async Task Tell<TState>(
        TaskCompletionSource<Outcome<HttpResponseMessage>> told,
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState given)
    {
        try
        {
            var counted = await breaker.ExecuteOutcomeAsync(
                static (context, all) => all.This.Counted(all.told, all.callback, context, all.given),
                context, (This: this, told, callback, given));
            if (counted.Exception is NeutralProbeException neutral) counted = neutral.Outcome;
            told.TrySetResult(counted);
        }
        catch (Exception bug)
        {
            told.TrySetException(bug);
        }
    }

    async ValueTask<Outcome<HttpResponseMessage>> Counted<TState>(
        TaskCompletionSource<Outcome<HttpResponseMessage>> told,
        Func<ResilienceContext, TState, ValueTask<Outcome<HttpResponseMessage>>> callback, ResilienceContext context, TState given)
    {
        var (isProbe, tripsBefore) = (state.CircuitState == CircuitState.HalfOpen, trips());
        var outcome = await callback(context, given);
        if (isProbe)
            return outcome.IsNeutral() ? Outcome.FromException<HttpResponseMessage>(new NeutralProbeException(outcome)) : outcome;
        if (!outcome.IsNeutral() && trips() == tripsBefore)
            return outcome;
        told.SetResult(outcome);
        return await new TaskCompletionSource<Outcome<HttpResponseMessage>>().Task;
    }

    // Classified as a failure, like every exception that is not known
    sealed class NeutralProbeException(Outcome<HttpResponseMessage> outcome) : Exception
    {
        public Outcome<HttpResponseMessage> Outcome => outcome;
    }
}
