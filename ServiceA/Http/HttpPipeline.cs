using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace TinyResilient.ServiceA.Http;

/// <summary>
/// The policies of lane <c>http</c> in Polly's own words, outermost first. Edit them and run again: attempts are counted,
/// traced and entered in the ledgers beneath them, whatever stands here. Polly takes no 0, so a policy whose knob is 0 is
/// left out.
/// </summary>
public static class HttpPipeline
{
    /// <summary>Around the request: total deadline, retry. Each of its attempts goes to the next node.</summary>
    public static void AroundRequest(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, GatewayKnobs knobs)
    {
        pipeline.AddTimeout(knobs.TotalTimeout);
        if (knobs.MaxRetries > 0)
            pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = knobs.MaxRetries,
                // the course knows what is left of the time, and draws the same pauses as in lane actor
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.IsRetried() && args.Context.Course().MayGoOn(args.Outcome.End())),
                DelayGenerator = args => ValueTask.FromResult<TimeSpan?>(args.Context.Course().NextPause),
            });
    }

    /// <summary>The breaker of one node, with HTTP_BREAKER=ratio. It lives until one of its own knobs is changed.</summary>
    public static CircuitBreakerStrategyOptions<HttpResponseMessage> Breaker(GatewayKnobs knobs) => new()
    {
        FailureRatio = knobs.Ratio.Share,
        MinimumThroughput = knobs.Ratio.MinCalls,
        SamplingDuration = knobs.Ratio.Window,
        BreakDuration = knobs.CoolDown,
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.IsFailure()),
    };

    /// <summary>Around one attempt at one node, beneath its breaker.</summary>
    public static void AroundAttempt(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, GatewayKnobs knobs) =>
        pipeline.AddTimeout(knobs.RequestTimeout);
}
