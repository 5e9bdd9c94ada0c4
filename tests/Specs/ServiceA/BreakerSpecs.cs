using System.Collections.Concurrent;
using Akka.TestKit;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.ServiceA;

// The breaker's cool-down runs on Akka's scheduler, which is moved by hand here.
public class BreakerSpecs : ActorSpecs
{
    // Akka counts what is left of the cool-down in real time: so long that no busy machine comes near its end
    static readonly GatewayKnobs knobs =
        GatewayKnobs.From(KnobValues.Defaults(GatewayKnobs.All), "actor") with { CoolDown = TimeSpan.FromMinutes(10) };
    readonly ConcurrentQueue<string> transitions = [];
    readonly FakeTimeProvider time = new();
    readonly NodeBreaker breaker;

    public BreakerSpecs() : base(ByHand)
    {
        breaker = new NodeBreaker(Sys.Scheduler, time, transitions.Enqueue);
        breaker.Tune(knobs);
    }

    [Fact]
    public async Task Opens_after_five_failures_in_a_row()
    {
        await Meet(AttemptOutcome.Failed, times: 4);
        Assert.Equal("closed", breaker.State);
        await Meet(AttemptOutcome.TimedOut);
        Assert.Equal("open", breaker.State);
        await Saw("open");
    }

    [Fact]
    public async Task Says_how_long_it_still_refuses_and_nothing_unless_it_is_open()
    {
        Assert.Null(breaker.ProbeIn);
        await Meet(AttemptOutcome.Failed, times: 5);
        await Saw("open");
        Assert.Equal(knobs.CoolDown, breaker.ProbeIn);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(knobs.CoolDown - TimeSpan.FromSeconds(2), breaker.ProbeIn);
        time.Advance(knobs.CoolDown); // its timer has not fired yet
        Assert.Equal(TimeSpan.Zero, breaker.ProbeIn);
        breaker.Replace();
        Assert.Null(breaker.ProbeIn);
    }

    [Theory]
    [InlineData(AttemptOutcome.Failed)]
    [InlineData(AttemptOutcome.Crashed)]
    [InlineData(AttemptOutcome.TimedOut)]
    [InlineData(AttemptOutcome.ConnectionLost)]
    public async Task Counts_every_failure_of_the_node(AttemptOutcome failure)
    {
        await Meet(failure, times: 5);
        Assert.Equal("open", breaker.State);
    }

    [Fact]
    public async Task One_success_in_between_starts_the_count_anew()
    {
        await Meet(AttemptOutcome.Failed, times: 4);
        await Meet(AttemptOutcome.Completed);
        await Meet(AttemptOutcome.Failed, times: 4);
        Assert.Equal("closed", breaker.State);
    }

    [Theory]
    [InlineData(AttemptOutcome.Busy)]
    [InlineData(AttemptOutcome.Expired)]
    [InlineData(AttemptOutcome.Draining)]
    [InlineData(AttemptOutcome.ConnectionLost, true)]
    [InlineData(AttemptOutcome.TimedOut, false, true)]
    public async Task What_says_nothing_about_the_node_counts_neither_way(
        AttemptOutcome neutral, bool isCounted = false, bool isExcused = false)
    {
        await Meet(neutral, times: 10, isCounted, isExcused);
        Assert.Equal("closed", breaker.State);
        await Meet(AttemptOutcome.Failed, times: 4);
        Assert.Equal(neutral, (await Meet(neutral, isCounted: isCounted, isExcused: isExcused)).Outcome);
        await Meet(AttemptOutcome.Failed);
        Assert.Equal("open", breaker.State);
    }

    [Fact]
    public async Task A_lost_connection_counts_once()
    {
        for (var n = 0; n < 4; n++)
            breaker.ConnectionLost();
        Assert.Equal("closed", breaker.State);
        breaker.ConnectionLost();
        await Saw("open");
    }

    [Fact]
    public async Task An_open_breaker_refuses_at_once_and_says_for_how_long()
    {
        await Trip();
        await Saw("open");
        var refused = await Meet(AttemptOutcome.Completed);
        Assert.Equal(AttemptOutcome.CircuitOpen, refused.Outcome);
        Assert.False(refused.WasSent);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(knobs.CoolDown, refused.RetryAfter); // by its own clock, whatever Akka's says
        Assert.Equal(knobs.CoolDown - TimeSpan.FromSeconds(2), (await Meet(AttemptOutcome.Completed)).RetryAfter);
    }

    [Fact]
    public async Task After_the_cool_down_one_probe_goes_through_and_closes_it()
    {
        await Trip();
        await HalfOpen();
        var probe = new TaskCompletionSource<AttemptResult>();
        var probing = breaker.Guard(() => probe.Task);
        // Akka refuses these by throwing from the call itself; here it is a value like any other
        Assert.Equal(AttemptOutcome.CircuitOpen, (await Meet(AttemptOutcome.Completed)).Outcome);
        Assert.Equal(AttemptOutcome.CircuitOpen, (await Meet(AttemptOutcome.Completed)).Outcome);
        probe.SetResult(new AttemptResult(AttemptOutcome.Completed));
        await probing;
        Assert.Equal("closed", breaker.State);
        await Saw("open", "half_open", "closed");
    }

    [Theory]
    [InlineData(AttemptOutcome.Failed)]
    [InlineData(AttemptOutcome.Busy)] // it has not shown that the node is well, and Akka has no third way out
    [InlineData(AttemptOutcome.TimedOut, true)]
    public async Task A_probe_that_does_not_succeed_opens_it_again(AttemptOutcome outcome, bool isExcused = false)
    {
        await Trip();
        await HalfOpen();
        Assert.Equal(outcome, (await Meet(outcome, isExcused: isExcused)).Outcome);
        Assert.Equal("open", breaker.State);
        await HalfOpen();
        await Meet(AttemptOutcome.Completed);
        Assert.Equal("closed", breaker.State);
    }

    [Fact]
    public async Task A_late_result_from_before_the_trip_changes_nothing_after_it()
    {
        await Meet(AttemptOutcome.Completed);
        var late = Enumerable.Range(0, 10).Select(_ => new TaskCompletionSource<AttemptResult>()).ToList();
        var waiting = late.Select(one => breaker.Guard(() => one.Task)).ToList();
        await Trip();
        await HalfOpen();
        late[0].SetResult(new AttemptResult(AttemptOutcome.Completed));
        await waiting[0];
        Assert.Equal("half_open", breaker.State);
        await Meet(AttemptOutcome.Completed);
        Assert.Equal("closed", breaker.State);
        foreach (var one in late.Skip(1))
            one.SetResult(new AttemptResult(AttemptOutcome.Failed));
        Assert.All(await Task.WhenAll(waiting.Skip(1)), one => Assert.Equal(AttemptOutcome.Failed, one.Outcome));
        Assert.Equal("closed", breaker.State);
    }

    [Fact]
    public async Task Threshold_0_is_no_breaker()
    {
        breaker.Tune(knobs with { FailureThreshold = 0 });
        await Meet(AttemptOutcome.Failed, times: 100);
        Assert.Equal("closed", breaker.State);
    }

    [Fact]
    public async Task A_changed_knob_replaces_it_by_a_closed_one_and_late_results_of_the_old_one_are_ignored()
    {
        var late = new TaskCompletionSource<AttemptResult>();
        await Meet(AttemptOutcome.Failed, times: 4);
        var waiting = breaker.Guard(() => late.Task);
        breaker.Tune(knobs with { FailureThreshold = 1 });
        late.SetResult(new AttemptResult(AttemptOutcome.Failed));
        await waiting;
        Assert.Equal("closed", breaker.State);
        await Meet(AttemptOutcome.Failed);
        Assert.Equal("open", breaker.State);
        await Saw("closed", "open");
    }

    [Fact]
    public async Task Knobs_of_others_leave_it_as_it_is()
    {
        await Trip();
        breaker.Tune(knobs with { MaxRetries = 7 });
        Assert.Equal("open", breaker.State);
    }

    [Fact]
    public async Task A_bug_in_an_attempt_is_not_swallowed() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => breaker.Guard(() => throw new InvalidOperationException()));

    async Task<AttemptResult> Meet(
        AttemptOutcome outcome, int times = 1, bool isCounted = false, bool isExcused = false)
    {
        var result = new AttemptResult(outcome, IsCounted: isCounted, IsExcused: isExcused);
        var end = result;
        for (var n = 0; n < times; n++)
            end = await breaker.Guard(() => Task.FromResult(result));
        return end;
    }

    async Task Trip()
    {
        await Meet(AttemptOutcome.Failed, times: 5);
        await Saw("open");
    }

    async Task HalfOpen()
    {
        // Akka tells of transitions from a thread pool: two in a row could be told in either order
        await AwaitAssertAsync(() => Assert.Equal("open", transitions.LastOrDefault()));
        ((TestScheduler)Sys.Scheduler).Advance(knobs.CoolDown);
        await AwaitAssertAsync(() => Assert.Equal(("half_open", "half_open"), (breaker.State, transitions.LastOrDefault())));
    }

    Task Saw(params string[] states) => AwaitAssertAsync(() => Assert.Equal(states, transitions));
}
