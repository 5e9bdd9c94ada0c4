using Microsoft.Extensions.Time.Testing;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Stage;
using Xunit;
using static Specs.Lab.Stage.SetNowSpecs;
using Prediction = TinyResilient.Lab.Stage.Prediction;

namespace Specs.Lab.Stage;

/// <summary>What is predicted follows what is set. Time is moved by hand, and a computation is run when a spec says so.</summary>
public sealed class PredictorSpecs : IDisposable
{
    static readonly System.Text.Json.Nodes.JsonObject well = Knobs(("FAILURE_RATE", 0), ("MAX_LATENCY_MS", 0));
    static readonly System.Text.Json.Nodes.JsonObject sick = Knobs(("FAILURE_RATE", 1), ("MAX_LATENCY_MS", 0));

    readonly FakeTimeProvider time = new();
    readonly Queue<Action> computations = [];
    readonly Predictor predictor;

    public PredictorSpecs() => predictor = new Predictor(time, 6_000) { Beside = computations.Enqueue };

    public void Dispose() => predictor.Dispose();

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    Task? Consider(SetNow set, Found? found = null, string? obstacle = null) => predictor.Consider(set, _ => found ?? new(), obstacle);

    void Compute()
    {
        while (computations.TryDequeue(out var computation))
            computation();
    }

    Prediction Predicted(SetNow set)
    {
        Assert.NotNull(Consider(set));
        Compute();
        return predictor.Now.Prediction!;
    }

    [Fact]
    public void Begins_at_the_moment_of_the_change_and_looks_two_minutes_ahead()
    {
        var changed = NowMs;
        var computed = Consider(Set(well, rate: 5))!;
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(computed.IsCompleted);
        Compute();
        Assert.True(computed.IsCompleted);
        var prediction = predictor.Now.Prediction!;
        Assert.Equal((changed, 120, 100), (prediction.FromMs, prediction.Actor!.Count, prediction.Actor[119]));
        Assert.Null(predictor.Now.Absent);
    }

    [Fact]
    public void Begins_anew_when_something_else_is_set_and_only_then()
    {
        var first = Predicted(Set(well, rate: 5));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(Consider(Set(well, rate: 5)));
        var second = Predicted(Set(sick, rate: 5));
        Assert.Equal((first.FromMs + 10_000, 0), (second.FromMs, second.Actor![0]));
    }

    [Fact]
    public void What_was_predicted_is_gone_as_soon_as_something_else_is_set()
    {
        Predicted(Set(well, rate: 5));
        var computed = Consider(Set(sick, rate: 5000))!;
        Assert.NotEqual(100, predictor.Now.Prediction?.Actor![0]);
        Assert.NotNull(Consider(Set(well, rate: 0)));
        Assert.True(computed.IsCompleted); // a change ends the waiting for what it has overtaken
        Compute();
        Assert.Equal((null, "no load runs"), (predictor.Now.Prediction, predictor.Now.Absent));
    }

    [Fact]
    public void Nothing_is_predicted_while_something_is_in_the_way()
    {
        Assert.NotNull(Consider(Set(well, rate: 5), obstacle: "ServiceB is not there"));
        Assert.Equal("ServiceB is not there", predictor.Now.Absent);
        Assert.Null(Consider(Set(well, rate: 5), obstacle: "ServiceB is not there"));
        Assert.NotNull(Consider(Set(well, rate: 5)));
        Assert.NotEqual("ServiceB is not there", predictor.Now.Absent);
    }

    [Fact]
    public void Goes_on_when_it_comes_to_its_end_and_keeps_the_last_minute()
    {
        var first = Predicted(Set(well, rate: 5));
        time.Advance(TimeSpan.FromSeconds(119));
        Assert.Null(Consider(Set(well, rate: 5)));
        time.Advance(TimeSpan.FromSeconds(1));
        var next = Predicted(Set(well, rate: 5));
        Assert.Equal((first.FromMs + 60_000, 180), (next.FromMs, next.Actor!.Count));
    }

    [Fact]
    public void A_fault_counts_its_time_from_when_it_was_set_whatever_is_set_later()
    {
        const string outage = """[{"kind":"outage","for_s":10}]""";
        Predicted(Set(well, outage, rate: 5));
        time.Advance(TimeSpan.FromSeconds(6));
        var actor = (Predicted(Set(well, outage, rate: 6))).Actor!;
        Assert.Equal((0, 100), (actor[3], actor[30]));
        Assert.Equal(4, actor.TakeWhile(percent => percent < 100).Count(percent => percent == 0), 6.0); // the outage, and what is left of the breaker's cool-down
    }

    [Fact]
    public void An_act_lets_it_begin_with_its_load()
    {
        Predicted(Set(well, rate: 5));
        time.Advance(TimeSpan.FromSeconds(2));
        predictor.Rebase();
        Assert.Equal(NowMs, predictor.Now.Prediction!.FromMs);
    }

    [Fact]
    public void What_was_forgotten_is_predicted_anew()
    {
        Predicted(Set(well, rate: 5));
        time.Advance(TimeSpan.FromSeconds(2));
        predictor.Forget();
        Assert.Equal(NowMs, (Predicted(Set(well, rate: 5))).FromMs);
    }
}
