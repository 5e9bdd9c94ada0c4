using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Http;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.ServiceA;

// ServiceA itself stands still, and goes on, while its requests are under way in lane http.
public sealed partial class HttpLaneSpecs
{
    static readonly TimeSpan fifteenSeconds = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(BreakerKind.Ratio, 1)]
    [InlineData(BreakerKind.Consecutive, 1)]
    [InlineData(BreakerKind.Ratio, 0.02)] // its timer comes before that of the pause meter
    [InlineData(BreakerKind.Consecutive, 0.02)]
    public async Task An_attempt_that_ran_out_while_its_caller_stood_still_is_a_timeout_and_does_not_count(
        BreakerKind kind, double timeoutSeconds)
    {
        using var pauses = new PauseMeter(time);
        var node = Node(Enumerable.Repeat((string?)null, 20).ToArray());
        var tuned = Sensitive(kind) with { RequestTimeout = TimeSpan.FromSeconds(timeoutSeconds) };
        node.Tune(tuned);
        var going = Enumerable.Range(0, 10).Select(_ => Gateway(time, pauses, node).Carry(NewCall(tuned))).ToList();
        await PassTime(until: () => node.Server.Seen.Count == 10, fifteenSeconds);
        Assert.All(await Task.WhenAll(going), result =>
            Assert.Equal((RequestOutcome.TimedOut, "failure: timeout", 1), Got(result)));
        Assert.Equal(("closed", 10, 10),
            (node.BreakerState, node.Ledger.Counts().Lost, pauses.StoodStill.Sum(still => still.NotCounted)));

        for (var n = 11; n <= 12; n++) // the node hangs in truth, and that is seen
        {
            var hanging = Gateway(time, pauses, node).Carry(NewCall(tuned));
            await Becomes(() => node.Server.Seen.Count == n);
            Run(timeoutSeconds);
            Assert.Equal("failure: timeout", (await hanging).Note);
        }
        Assert.Equal("open", node.BreakerState);
    }

    [Theory]
    [InlineData(BreakerKind.Ratio)]
    [InlineData(BreakerKind.Consecutive)]
    public async Task A_probe_that_ran_out_while_its_caller_stood_still_opens_the_breaker_again(BreakerKind kind)
    {
        using var pauses = new PauseMeter(time);
        var node = Node("failed", "failed", null, "completed");
        var tuned = Sensitive(kind);
        node.Tune(tuned);
        for (var n = 0; n < 2; n++)
            await Gateway(time, pauses, node).Carry(NewCall(tuned));
        await CoolDown(kind, node);
        var going = Gateway(time, pauses, node).Carry(NewCall(tuned));
        await PassTime(until: () => node.Server.Seen.Count == 3, fifteenSeconds);
        Assert.Equal("failure: timeout", (await going).Note);
        Assert.Equal("open", node.BreakerState); // it has not shown that the node is well
        await CoolDown(kind, node);
        Assert.Equal("success", (await Gateway(time, pauses, node).Carry(NewCall(tuned))).Note);
    }

    [Fact]
    public async Task Both_attempts_of_a_hedge_that_ran_out_while_their_caller_stood_still_do_not_count()
    {
        using var pauses = new PauseMeter(time);
        var node = Node(null, null);
        var tuned = Sensitive(BreakerKind.Ratio) with { HedgeAfter = TimeSpan.FromMilliseconds(100) };
        node.Tune(tuned);
        var going = Gateway(time, pauses, node).Carry(NewCall(tuned));
        await Becomes(() => time.IsWaitedFor(tuned.HedgeAfter));
        await PassTime(until: () => node.Server.Seen.Count == 2, fifteenSeconds, by: TimeSpan.FromMilliseconds(50));
        time.Advance(fifteenSeconds);
        Assert.Equal((RequestOutcome.TimedOut, "failure: timeout", 2), Got(await going));
        Assert.Equal("closed", node.BreakerState);
    }

    [Fact]
    public async Task An_attempt_whose_time_was_cut_because_its_caller_had_stood_still_does_not_count()
    {
        using var pauses = new PauseMeter(time);
        var node = Node(null, null);
        var tuned = Sensitive(BreakerKind.Ratio) with { MaxRetries = 1 };
        node.Tune(tuned);
        var going = Gateway(time, pauses, node).Carry(NewCall(tuned));
        await PassTime(until: () => node.Server.Seen.Count == 1, TimeSpan.FromSeconds(9.5)); // of ten in all
        await Becomes(() => node.Server.Seen.Count == 2);
        Run(0.5);
        Assert.Equal((RequestOutcome.TimedOut, "failure: all retries failed: timeout", 2), Got(await going));
        Assert.Equal("closed", node.BreakerState);
    }

    [Fact]
    public async Task No_attempt_begins_when_the_total_time_ended_in_the_pause_before_it()
    {
        using var pauses = new PauseMeter(time);
        var node = Node("failed");
        var schedule = new RetrySchedule(Jitter.None, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
        var going = Gateway(time, pauses, node).Carry(NewCall(knobs with { Backoff = schedule }));
        await PassTime(until: () => time.IsWaitedFor(schedule.Base), fifteenSeconds);
        Assert.Equal((RequestOutcome.Failed, "failure: all retries failed: upstream 500", 1), Got(await going));
    }

    [Fact]
    public async Task A_request_whose_time_is_over_before_its_first_attempt_has_timed_out()
    {
        time.PassesAtNextTimer = knobs.TotalTimeout; // the pipeline makes one as it is entered
        Assert.Equal((RequestOutcome.TimedOut, "failure: all retries failed: timeout", 0), Got(await Go(Node())));
    }

    static GatewayKnobs Sensitive(BreakerKind kind) => knobs with
    {
        HttpBreaker = kind,
        FailureThreshold = 2,
        Ratio = new RatioRule(0.01, 2, TimeSpan.FromSeconds(10)),
        MaxRetries = 0,
    };

    void Run(double seconds)
    {
        for (var n = 0; n < Math.Ceiling(seconds * 20); n++)
            time.Advance(PauseMeter.Period);
    }
}
