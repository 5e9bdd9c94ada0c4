using Polly;

namespace TinyResilient.ServiceA.Http;

/// <summary>Which policies lane <c>http</c> has.</summary>
public enum PipelineKind { Knobs, Standard, None }

/// <summary>The pipelines for one set of knobs: one around the request, and for each node one around an attempt.</summary>
public sealed class HttpPipelines
{
    readonly Dictionary<HttpNode, ResiliencePipeline<HttpResponseMessage>> atNode;

    public HttpPipelines(GatewayKnobs knobs, IReadOnlyList<HttpNode> nodes, TimeProvider time)
    {
        AskedFor = knobs;
        InEffect = ShippedPipelines.InEffect(knobs);
        Request = Build(time, pipeline =>
        {
            if (knobs.Pipeline == PipelineKind.Knobs) HttpPipeline.AroundRequest(pipeline, knobs);
            else ShippedPipelines.AroundRequest(pipeline, knobs.Pipeline);
        });
        atNode = nodes.ToDictionary(node => node, node => Build(time, pipeline =>
        {
            pipeline.AddStrategy(_ => node.BreakerUnder(knobs));
            if (knobs.Pipeline == PipelineKind.Knobs) HttpPipeline.AroundAttempt(pipeline, knobs);
            else ShippedPipelines.AroundAttempt(pipeline, knobs.Pipeline);
        }));
    }

    /// <summary>The knobs of the lane.</summary>
    public GatewayKnobs AskedFor { get; }

    /// <summary>The knobs as these pipelines have them: the shipped ones know nothing of ours.</summary>
    public GatewayKnobs InEffect { get; }

    public ResiliencePipeline<HttpResponseMessage> Request { get; }

    public ResiliencePipeline<HttpResponseMessage> At(HttpNode node) => atNode[node];

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
