using Akka.Actor;
using Polly;
using Polly.CircuitBreaker;
using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA.Http;

/// <summary>Which breaker lane <c>http</c> has: Polly's by ratio, or the one of lane <c>actor</c>.</summary>
public enum BreakerKind { Ratio, Consecutive }

/// <summary>When the breaker by ratio opens: this share of the attempts in the window failed, of at least so many.</summary>
public sealed record RatioRule(double Share, int MinCalls, TimeSpan Window);

/// <summary>
/// The place of one node's breaker in the pipeline. Which breaker stands there follows the knobs; it is replaced by a closed
/// one when a knob that it obeys is changed, and by nothing else. What the old one still learns is ignored. Longer than two slides,
/// because who makes a breaker must know it again to tell its late news from that of the one in place.
/// </summary>
public sealed class HttpBreaker(IScheduler scheduler, TimeProvider time, Action<string> onTransition)
    : ILaneBreaker
{
    GatewayKnobs obeyed = null!;
    volatile Circuit current = null!;
    long openedAt;

    public string State => current.State();

    /// <summary>How long it still refuses, when it is open.</summary>
    public TimeSpan RetryAfter => current.Break - time.GetElapsedTime(Volatile.Read(ref openedAt));

    public TimeSpan? ProbeIn => State == "open" ? TimeSpan.FromTicks(Math.Max(0, RetryAfter.Ticks)) : null;

    public void Tune(GatewayKnobs knobs)
    {
        var isChanged = obeyed is null || !Rule(obeyed).Equals(Rule(knobs)); // != would compare references
        obeyed = knobs;
        if (isChanged) Replace();
    }

    public void Replace()
    {
        var isFirst = current is null;
        current = New();
        if (!isFirst) onTransition("closed");
    }

    /// <summary>Lets an attempt through, or refuses it with a <see cref="BrokenCircuitException"/>.</summary>
    public ValueTask<Outcome<HttpResponseMessage>> Guard(HttpAttempt attempt, ResilienceContext context) =>
        current.Guard(attempt, context);

    static (object Kind, object? Rule, TimeSpan CoolDown, BreakerScope) Rule(GatewayKnobs knobs) => knobs switch
    {
        { Pipeline: not PipelineKind.Knobs } => (knobs.Pipeline, null, default, default),
        { FailureThreshold: 0 } => (PipelineKind.None, null, default, default),
        { HttpBreaker: BreakerKind.Consecutive } => (knobs.HttpBreaker, knobs.FailureThreshold, knobs.CoolDown, knobs.Scope),
        _ => (knobs.HttpBreaker, knobs.Ratio, knobs.CoolDown, knobs.Scope),
    };

    Circuit New() => Rule(obeyed).Kind switch
    {
        BreakerKind.Consecutive => Consecutive(),
        BreakerKind.Ratio => Polly(HttpPipeline.Breaker(obeyed), (polly, state, trips) => new PollyBreaker(polly, state, trips).Guard),
        PipelineKind.Standard => Polly(ShippedPipelines.StandardBreaker, (polly, _, _) => polly.Around),
        _ => new Circuit((attempt, context) => attempt(context), () => "closed", default),
    };

    Circuit Consecutive()
    {
        Circuit circuit = null!;
        var akkas = new NodeBreaker(scheduler, time, to => Turned(circuit, to));
        akkas.Tune(obeyed);
        return circuit = new Circuit(new ConsecutiveBreaker(akkas).Guard, () => akkas.State, obeyed.CoolDown);
    }

    Circuit Polly(
        CircuitBreakerStrategyOptions<HttpResponseMessage> options,
        Func<ResiliencePipeline<HttpResponseMessage>, CircuitBreakerStateProvider, Func<int>, Guarding> guard)
    {
        Circuit circuit = null!;
        var trips = 0;
        options.StateProvider = new CircuitBreakerStateProvider();
        options.OnOpened = _ => Turned("open", Interlocked.Increment(ref trips));
        options.OnHalfOpened = _ => Turned("half_open", trips);
        options.OnClosed = _ => Turned("closed", trips);
        var pipeline = HttpPipelines.Build(time, pipeline => pipeline.AddCircuitBreaker(options));
        return circuit = new Circuit(
            guard(pipeline, options.StateProvider, () => trips), () => Word(options.StateProvider.CircuitState), options.BreakDuration);

        ValueTask Turned(string to, int _)
        {
            this.Turned(circuit, to);
            return ValueTask.CompletedTask;
        }
    }

    void Turned(Circuit which, string to)
    {
        if (which != current) return;
        if (to == "open") Volatile.Write(ref openedAt, time.GetTimestamp());
        onTransition(to);
    }

    static string Word(CircuitState state) => state switch
    {
        CircuitState.Closed => "closed",
        CircuitState.HalfOpen => "half_open",
        _ => "open",
    };

    delegate ValueTask<Outcome<HttpResponseMessage>> Guarding(HttpAttempt attempt, ResilienceContext context);

    sealed record Circuit(Guarding Guard, Func<string> State, TimeSpan Break);
}
