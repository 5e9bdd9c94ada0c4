using Microsoft.Extensions.Time.Testing;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Stage;
using Xunit;
using static Specs.Lab.Stage.SetNowSpecs;

namespace Specs.Lab.Stage;

public sealed class ForesightSpecs : IDisposable
{
    /// <summary>Simulated requests: enough to know when a prediction begins.</summary>
    const double aFewRuns = 1;

    const string Others = "others send requests too, and only the stage's own load is known";

    static readonly SettingsLook set = new(Knobs(("FAILURE_RATE", 0), ("MAX_LATENCY_MS", 0)), Faults());
    readonly FakeTimeProvider time = new();
    readonly Predictor predictor;
    readonly Foresight foresight;

    public ForesightSpecs()
    {
        predictor = new(time, aFewRuns) { Beside = work => work() };
        foresight = new(predictor);
    }

    public void Dispose() => predictor.Dispose();

    static WorkerReading Worker(string state, string? fault = null) => new(0, state, 0, LastFault: fault);

    static StageLook Look(IReadOnlyList<WorkerReading>? workers = null, int waiting = 0, string breaker = "closed", double? probeInMs = null,
        int pid = 1, long sent = 100, double others = 0)
    {
        var gateway = new GatewayLane(new() { ["sent"] = sent }, new() { ["node:1"] = new(breaker, [], probeInMs) });
        var pool = new PoolLane(waiting, 64, workers ?? [Worker("idle"), Worker("busy")]);
        return new(set, new(new("service-a", 1, new() { ["actor"] = gateway, ["http"] = gateway }), null),
            new(new("service-b", pid, new() { ["actor"] = pool, ["http"] = pool }), new([])),
            new(ContactState.Up, ContactState.Up, null, null), new(true, 5, Lane.Both), others);
    }

    // What is in the way; null where something is predicted, or soon will be.
    string? Absent(StageLook look)
    {
        foresight.Look(look, ofAct: null);
        return predictor.Now.Absent is { } absent && absent != Predictor.Computing ? absent : null;
    }

    [Theory]
    [InlineData("hung", "hang")]
    [InlineData("stopped", "crash_loop")]
    [InlineData("corrupt", "silent")]
    public void Workers_that_are_sick_already_are_in_the_way(string state, string fault) => Assert.Equal(
        "workers are sick already: the prediction begins with well workers", Absent(Look([Worker("idle"), Worker(state, fault)])));

    [Fact]
    public void Corrupt_workers_are_what_it_can_begin_with()
    {
        Assert.Equal(new Found(Corrupt: 1, Workers: 2), Look([Worker("idle"), Worker("corrupt", "corrupt")]).Found("http"));
        Assert.Null(Absent(Look([Worker("idle"), Worker("corrupt", "corrupt")])));
    }

    [Theory]
    [InlineData("open", 3_200.0, 3.2)]
    [InlineData("half_open", null, 0.0)]
    [InlineData("closed", null, null)]
    public void It_begins_with_the_breaker_as_it_is(string breaker, double? probeInMs, double? openS) =>
        Assert.Equal(openS, Look(breaker: breaker, probeInMs: probeInMs).Found("actor").OpenS);

    [Fact]
    public void A_long_queue_is_in_the_way() =>
        Assert.Equal("work is waiting already: the prediction begins with an empty queue", Absent(Look(waiting: 3)));

    [Fact]
    public void A_reset_and_a_new_process_begin_it_anew_though_nothing_else_is_set()
    {
        foresight.Look(Look(), ofAct: null);
        foreach (var (look, isNew) in ((StageLook, bool)[])
            [(Look(sent: 200), false), (Look(sent: 0), true), (Look(sent: 50), false), (Look(sent: 60, pid: 2), true), (Look(sent: 70, pid: 2), false)])
        {
            time.Advance(TimeSpan.FromSeconds(1));
            foresight.Look(look, ofAct: null);
            Assert.Equal(isNew, predictor.Now.Prediction!.FromMs == time.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    [Fact]
    public void Traffic_of_others_is_in_the_way_once_it_has_been_there_for_two_seconds_and_no_longer_than_it_lasts()
    {
        Assert.Null(Absent(Look()));
        Assert.Equal([.. Enumerable.Repeat((string?)null, 7), Others], Enumerable.Range(1, 8).Select(_ => Absent(Look(others: 20))));
        Assert.Equal([.. Enumerable.Repeat(Others, 7), null], Enumerable.Range(1, 8).Select(_ => Absent(Look())));
    }
}
