using System.Collections.Concurrent;
using Polly;

namespace TinyResilient.ServiceA.Http;

/// <summary>Which policies lane <c>http</c> has.</summary>
public enum PipelineKind { Knobs, Standard, None }

/// <summary>Makes an attempt, or refuses to; with whatever stands around it.</summary>
public delegate ValueTask<Outcome<HttpResponseMessage>> HttpAttempt(ResilienceContext context);

/// <summary>The pipelines for one set of knobs: one around the request, and for each node, once it is needed, one around an attempt.</summary>
public sealed class HttpPipelines
{
    readonly ConcurrentDictionary<HttpNode, HttpAttempt> atNode = [];
    readonly Func<HttpNode, HttpAttempt> guarded;

    public HttpPipelines(GatewayKnobs knobs, TimeProvider time)
    {
        AskedFor = knobs;
        InEffect = ShippedPipelines.InEffect(knobs);
        Request = Build(time, pipeline =>
        {
            if (knobs.Pipeline == PipelineKind.Knobs) HttpPipeline.AroundRequest(pipeline, knobs);
            else ShippedPipelines.AroundRequest(pipeline, knobs.Pipeline, knobs.Seed);
        });
        guarded = node => Guarded(node, Build(time, pipeline =>
        {
            if (knobs.Pipeline == PipelineKind.Knobs) HttpPipeline.AroundAttempt(pipeline, knobs);
            else ShippedPipelines.AroundAttempt(pipeline, knobs.Pipeline);
        }));

        HttpAttempt Guarded(HttpNode node, ResiliencePipeline<HttpResponseMessage> pipeline)
        {
            var breaker = node.BreakerUnder(knobs);
            HttpAttempt send = node.Send, attempt = context => pipeline.Around(send, context);
            return context => breaker.Guard(attempt, context);
        }
    }

    /// <summary>The knobs of the lane.</summary>
    public GatewayKnobs AskedFor { get; }

    /// <summary>The knobs as these pipelines have them: the shipped ones know nothing of ours.</summary>
    public GatewayKnobs InEffect { get; }

    public ResiliencePipeline<HttpResponseMessage> Request { get; }

    /// <summary>An attempt at this node: its breaker, and beneath it the policies around an attempt.</summary>
    public HttpAttempt At(HttpNode node) => atNode.GetOrAdd(node, guarded);

    public static ResiliencePipeline<HttpResponseMessage> Build(
        TimeProvider time, Action<ResiliencePipelineBuilder<HttpResponseMessage>> add)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage>
        {
            TimeProvider = time,
        };
        add(pipeline);
        return pipeline.Build();
    }
}

public static class PipelineExtensions
{
    /// <summary>Makes an attempt through a pipeline.</summary>
    public static ValueTask<Outcome<HttpResponseMessage>> Around(
        this ResiliencePipeline<HttpResponseMessage> pipeline, HttpAttempt attempt, ResilienceContext context) =>
        pipeline.ExecuteOutcomeAsync(static (context, attempt) => attempt(context), context, attempt);
}
