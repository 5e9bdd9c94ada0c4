using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA.Http;

/// <summary>
/// What .NET ships, to compare defaults with defaults: the standard resilience handler with not one policy changed, and
/// HttpClient as it is, whose only policy is a timeout. The jitter of the handler is drawn from SEED.
/// </summary>
public static class ShippedPipelines
{
    // HttpClient keeps it by itself; here it is what knobs and deadlines show
    static readonly TimeSpan httpClientTimeout = TimeSpan.FromSeconds(100);

    public static CircuitBreakerStrategyOptions<HttpResponseMessage> StandardBreaker => Standard.CircuitBreaker;

    static HttpStandardResilienceOptions Standard => new();

    public static void AroundRequest(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, PipelineKind kind, long seed)
    {
        if (kind == PipelineKind.Standard)
            pipeline.AddRateLimiter(Standard.RateLimiter).AddTimeout(Standard.TotalRequestTimeout).AddRetry(Retry(seed));
    }

    public static void AroundAttempt(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, PipelineKind kind)
    {
        if (kind == PipelineKind.Standard)
            pipeline.AddTimeout(Standard.AttemptTimeout);
    }

    static HttpRetryStrategyOptions Retry(long seed)
    {
        var (retry, chance) = (Standard.Retry, new Random(seed.GetHashCode()));
        retry.Randomizer = () =>
        {
            lock (chance) return chance.NextDouble();
        };
        return retry;
    }

    /// <summary>The knobs as they are in effect.</summary>
    public static GatewayKnobs InEffect(GatewayKnobs knobs) => knobs.Pipeline switch
    {
        PipelineKind.Standard => knobs with
        {
            MaxRetries = Standard.Retry.MaxRetryAttempts,
            RequestTimeout = Standard.AttemptTimeout.Timeout,
            TotalTimeout = Standard.TotalRequestTimeout.Timeout,
            RetryBudget = Proportion.None,
            HedgeAfter = TimeSpan.Zero,
        },
        PipelineKind.None => knobs with
        {
            MaxRetries = 0,
            RequestTimeout = httpClientTimeout,
            TotalTimeout = httpClientTimeout,
            RetryBudget = Proportion.None,
            HedgeAfter = TimeSpan.Zero,
            SendsDeadline = false,
        },
        _ => knobs,
    };
}
