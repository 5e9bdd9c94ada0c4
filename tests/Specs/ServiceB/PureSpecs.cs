using TinyResilient.ServiceB;
using TinyResilient.ServiceB.Faults;
using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.ServiceB;

public class FaultModelSpecs
{
    static readonly WorkKnobs knobs = WorkKnobs.From(KnobValues.Defaults(WorkKnobs.All)) with { Seed = 42 };

    [Fact]
    public void The_same_attempt_meets_the_same_fate() =>
        Assert.Equal(FaultModel.Plan(knobs, "42-1", 1), FaultModel.Plan(knobs, "42-1", 1));

    [Fact]
    public void Work_takes_its_base_latency_and_up_to_the_extra_latency_more()
    {
        var durations = Enumerable.Range(0, 10_000)
            .Select(n => FaultModel.Plan(knobs, $"42-{n}", 1).Duration.TotalMilliseconds).ToList();
        Assert.InRange(durations.Min(), 30, 31);
        Assert.InRange(durations.Max(), 829, 830);
        Assert.InRange(durations.Average(), 420, 440);
    }

    [Fact]
    public void A_failing_attempt_takes_as_long_as_it_would_have_taken_to_succeed() =>
        Assert.Equal(
            FaultModel.Plan(knobs with { FailureRate = 0 }, "42-1", 1).Duration,
            FaultModel.Plan(knobs with { FailureRate = 1 }, "42-1", 1).Duration);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1_000)]
    public void Rate_0_never_fails_and_rate_1_always_does(double rate, int failures) =>
        Assert.Equal(failures, Enumerable.Range(0, 1_000)
            .Count(n => FaultModel.Plan(knobs with { FailureRate = rate }, $"42-{n}", 1).Fault == "error"));
}

public class TransitClockSpecs
{
    readonly TransitClock clock = new();

    [Fact]
    public void The_first_message_of_a_sender_has_no_age() => Assert.Equal(0, clock.AgeMs("a", 5, 1_000_000));

    [Fact]
    public void Age_is_what_a_message_took_longer_than_the_fastest_though_the_clocks_never_agreed()
    {
        clock.AgeMs("a", sentMs: 0, nowMs: 50_002);
        Assert.Equal(0, clock.AgeMs("a", sentMs: 100, nowMs: 50_101)); // faster than the first: the new measure
        Assert.Equal(15_000, clock.AgeMs("a", sentMs: 200, nowMs: 65_201));
    }

    [Fact]
    public void Each_incarnation_of_a_sender_has_its_own_measure()
    {
        clock.AgeMs("a", 0, 1_000);
        Assert.Equal(0, clock.AgeMs("b", 0, 9_000));
    }

    [Fact]
    public void A_measure_older_than_five_minutes_is_forgotten()
    {
        clock.AgeMs("a", sentMs: 0, nowMs: 10);
        Assert.Equal(90, clock.AgeMs("a", sentMs: 289_910, nowMs: 290_010));
        Assert.Equal(0, clock.AgeMs("a", sentMs: 599_910, nowMs: 600_010));
    }

    [Fact]
    public void Many_senders_do_not_pile_up_and_the_newest_are_known()
    {
        for (var n = 0; n < 1_000; n++)
            clock.AgeMs($"sender-{n}", 0, n);
        Assert.Equal(500, clock.AgeMs("sender-999", 0, 1_499));
        Assert.Equal(0, clock.AgeMs("sender-1", 0, 1_499));
    }
}

public class EffectsLedgerSpecs
{
    [Fact]
    public void Work_done_again_for_the_same_request_is_a_duplicate()
    {
        var effects = new EffectsLedger();
        Assert.Equal([false, false, true], Enumerable.Select<string, bool>(["a", "b", "a"], effects.Done));
        Assert.Equal((2, 1), (effects.Unique, effects.Duplicate));
    }

    [Fact]
    public void Only_the_newest_ids_are_remembered()
    {
        var effects = new EffectsLedger(capacity: 2);
        foreach (var id in (string[])["a", "b", "c"])
            effects.Done(id);
        Assert.False(effects.Done("a"));
        Assert.True(effects.Done("c"));
    }
}
