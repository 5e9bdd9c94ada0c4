using TinyResilient.Lab.Model;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Stage;
using Xunit;
using static Specs.Lab.Stage.SetNowSpecs;

namespace Specs.Lab.Stage;

public class OutlookSpecs
{
    static OutlookModel Of(SetNow set, Found? actor = null, Found? http = null, string? obstacle = null)
    {
        var model = new OutlookModel(set.Arm(20, TimeSpan.Zero), lane => (lane == Lane.Actor ? actor : http) ?? new(), obstacle);
        model.Run(4_000, default);
        return model;
    }

    [Fact]
    public void Retries_without_a_breaker_succeed_as_the_formula_says_in_both_lanes()
    {
        var model = Of(Set(Knobs(("FAILURE_RATE", 0.3), ("MAX_RETRIES", 2), ("FAILURE_THRESHOLD", 0), ("MAX_LATENCY_MS", 0), ("BACKOFF_BASE_MS", 1))));
        var prediction = model.Prediction(77);
        Assert.Equal(("model, mean of 4 runs", 77, 1), (prediction.Label, prediction.FromMs, prediction.StepS));
        Assert.Equal(20, prediction.Actor!.Count);
        Assert.InRange(prediction.Actor.Average(), 96.5, 98.1); // 1 - .3^3 = 97.3 %, of 4,000
        Assert.Equal(prediction.Actor, prediction.Http);
        Assert.Null(model.Absent);
    }

    [Fact]
    public void Where_workers_are_corrupt_already_it_begins_with_them_and_says_so()
    {
        var knobs = Knobs(("FAILURE_RATE", 0), ("MAX_RETRIES", 0), ("FAILURE_THRESHOLD", 0), ("MAX_LATENCY_MS", 0), ("WORKERS", 8));
        var prediction = Of(Set(knobs), http: new(Corrupt: 4, Workers: 8)).Prediction(0);
        Assert.All(prediction.Actor!, percent => Assert.Equal(100, percent));
        Assert.All(prediction.Http!, percent => Assert.InRange(percent, 49, 51)); // resumed as they are
        Assert.EndsWith("; lane http begins with 4 corrupt workers", prediction.Label, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_model_cannot_begin_with_is_not_predicted_and_the_other_lane_is()
    {
        var model = Of(Set(), actor: new(Sick: 1, Workers: 8));
        Assert.Equal("lane actor: workers are sick already: the prediction begins with well workers", model.Absent);
        Assert.Null(model.Prediction(0).Actor);
        Assert.NotNull(model.Prediction(0).Http);
    }

    [Fact]
    public void A_reason_that_holds_in_both_lanes_is_said_once()
    {
        var model = Of(Set(), new(Waiting: 9, Workers: 8), new(Waiting: 9, Workers: 8));
        Assert.Equal("work is waiting already: the prediction begins with an empty queue", model.Absent);
        Assert.True(model.IsEmpty);
        Assert.Equal("the model has no fault first_k", Of(Set(faults: """[{"kind":"first_k"}]""")).Absent);
    }

    [Fact]
    public void A_lane_without_load_is_not_predicted_and_needs_no_reason()
    {
        var model = Of(new SetNow([], Faults("""[{"kind":"first_k","lane":"http"}]"""), new(50, [Lane.Actor])));
        Assert.Equal((true, false, null), (model.Prediction(0).Http is null, model.Prediction(0).Actor is null, model.Absent));
    }

    [Fact]
    public void What_goes_on_keeps_the_end_of_what_was()
    {
        var model = Of(Set());
        var before = model.Prediction(1_000) with { Actor = [.. Enumerable.Repeat(1.0, 120)], Http = [.. Enumerable.Repeat(2.0, 120)] };
        var joined = model.Prediction(121_000, before);
        Assert.Equal((61_000, 80, 80), (joined.FromMs, joined.Actor!.Count, joined.Http!.Count));
        Assert.Equal([1.0, model.Prediction(0).Actor![0]], joined.Actor.Skip(59).Take(2));
    }

    [Fact]
    public void A_second_without_a_request_is_as_the_one_before()
    {
        var forecast = new Forecast(new(new(0.5, 10), ServiceTime.Fixed(0.01)) { Faults = new() { Stall = null }, Policy = new(0) }, 10);
        forecast.RunUpTo(2, default);
        Assert.Equal(Enumerable.Repeat(100.0, 10), forecast.Percent);
    }

    [Theory]
    [InlineData(50, 100)]
    [InlineData(0.1, 200)]
    [InlineData(5_000, 2)]
    public void The_busier_the_fewer_runs(double rate, int runs) =>
        Assert.Equal(runs, new Forecast(new(new(rate, 120), ServiceTime.Fixed(0.01)), 120).RunsOf(600_000));
}
