using Microsoft.Extensions.Time.Testing;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceA;

// ServiceA itself stands still, and goes on, while its requests are under way in lane actor. Its clock is moved by hand.
public partial class CallPathSpecs
{
    static readonly GatewayKnobs hasty = knobs with
    {
        RequestTimeout = TimeSpan.FromSeconds(1),
        FailureThreshold = 1,
        MaxRetries = 0,
    };
    readonly FakeTimeProvider own = Pauses.NewTime();

    [Theory]
    [InlineData(15, "closed")]
    [InlineData(0, "open")]
    [InlineData(0.1, "open")] // the collector's
    public async Task An_attempt_that_ran_out_while_its_caller_stood_still_is_a_timeout_and_does_not_count(
        double seconds, string breaker)
    {
        using var pauses = new PauseMeter(own);
        var node = NodeIn(own, pauses, () => own.Advance(TimeSpan.FromSeconds(seconds)), null, (WorkOutcome?)null);
        node.Tune(hasty);
        var going = Path(pauses, node).Go(new Call("42-1", null, hasty, default));
        await Becomes(() =>
        {
            own.Advance(PauseMeter.Period);
            return going.IsCompleted;
        });
        Assert.Equal((RequestOutcome.TimedOut, "failure: timeout", 1), Got(await going));
        Assert.Equal((breaker, 1), (node.BreakerState, node.Ledger.Counts().InFlight));
    }

    [Fact]
    public async Task No_attempt_begins_when_the_total_time_ended_in_the_pause_before_it()
    {
        using var pauses = new PauseMeter(own);
        var node = NodeIn(own, pauses, () => { }, null, WorkOutcome.Failed);
        var schedule = new RetrySchedule(Jitter.None, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(50));
        var going = Path(pauses, node).Go(new Call("42-1", null, knobs with { Backoff = schedule }, default));
        await Becomes(() =>
        {
            own.Advance(knobs.TotalTimeout * node.Ledger.Counts().Failed);
            return going.IsCompleted;
        });
        Assert.Equal((RequestOutcome.Failed, "failure: all retries failed: upstream 500", 1), Got(await going));
    }

    [Theory]
    [InlineData(15, 0, "closed")]
    [InlineData(0.1, 0, "open")]
    [InlineData(15, 3, "open")] // it has run for three seconds since, without a word from the node
    public async Task A_connection_that_was_lost_because_its_caller_stood_still_does_not_count(
        double seconds, double ranSeconds, string breaker)
    {
        using var pauses = new PauseMeter(own);
        var node = NodeIn(own, pauses, () => { }, null);
        node.Tune(hasty);
        own.Advance(TimeSpan.FromSeconds(seconds));
        Run(ranSeconds);
        node.Lost();
        await Becomes(() => node.BreakerState == breaker);
    }

    void Run(double seconds)
    {
        for (var n = 0; n < seconds * 20; n++)
            own.Advance(PauseMeter.Period);
    }

    CallPath Path(PauseMeter pauses, ServiceBNode node) =>
        new(new UpstreamNodes(new([node])), own, new RetryBudget(), pauses);
}
