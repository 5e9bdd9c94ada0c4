using Microsoft.Extensions.Time.Testing;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceA;

public class RetryScheduleSpecs
{
    [Theory]
    [InlineData(Jitter.None, 1, 0, 0.5, 50)]
    [InlineData(Jitter.None, 3, 0, 0.5, 200)]
    [InlineData(Jitter.None, 9, 0, 0.5, 1_000)]
    [InlineData(Jitter.None, 10_000, 0, 0.5, 1_000)]
    [InlineData(Jitter.Full, 1, 0, 0.0, 0)]
    [InlineData(Jitter.Full, 2, 0, 0.5, 50)]
    [InlineData(Jitter.Equal, 2, 0, 0.0, 50)]
    [InlineData(Jitter.Equal, 2, 0, 0.5, 75)]
    [InlineData(Jitter.Decorrelated, 1, 0, 0.0, 50)]
    [InlineData(Jitter.Decorrelated, 1, 0, 0.5, 100)]
    [InlineData(Jitter.Decorrelated, 2, 100, 0.5, 175)]
    [InlineData(Jitter.Decorrelated, 5, 900, 0.9, 1_000)]
    public void The_pause_is_what_the_formula_says(Jitter jitter, int retry, double previous, double chance, double pause)
    {
        var schedule = new RetrySchedule(jitter, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1));
        var actual = schedule.Pause(retry, TimeSpan.FromMilliseconds(previous), chance);
        Assert.Equal(pause, actual.TotalMilliseconds, precision: 3);
    }

    [Theory]
    [InlineData(Jitter.Full)]
    [InlineData(Jitter.Equal)]
    [InlineData(Jitter.Decorrelated)]
    [InlineData(Jitter.None)]
    public void No_pause_is_longer_than_the_longest_whatever_the_knobs(Jitter jitter)
    {
        var schedule = new RetrySchedule(jitter, TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(10));
        Assert.True(schedule.Pause(10, TimeSpan.FromMinutes(1), 0.999) <= TimeSpan.FromMilliseconds(10));
    }
}

public class AttemptLedgerSpecs
{
    readonly FakeTimeProvider time = new();
    readonly AttemptLedger ledger;

    public AttemptLedgerSpecs() => ledger = new AttemptLedger(time);

    [Fact]
    public void An_attempt_is_in_flight_until_it_is_answered()
    {
        ledger.Sent(1);
        Assert.Equal(1, Balanced().InFlight);
        ledger.Answered(1, WorkOutcome.Completed);
        Assert.Equal((1, 0, 0), (Balanced().Completed, Balanced().InFlight, Balanced().Wasted));
    }

    [Fact]
    public void Work_done_for_an_attempt_that_was_given_up_is_wasted()
    {
        ledger.Sent(1);
        ledger.GivenUp(1);
        ledger.Answered(1, WorkOutcome.Completed);
        Assert.Equal((1, 1), (Balanced().Completed, Balanced().Wasted));
    }

    [Fact]
    public void A_second_answer_counts_nothing()
    {
        ledger.Sent(1);
        ledger.Answered(1, WorkOutcome.Failed);
        ledger.Answered(1, WorkOutcome.Completed);
        ledger.Answered(99, WorkOutcome.Completed);
        Assert.Equal((1, 0), (Balanced().Failed, Balanced().Completed));
    }

    [Fact]
    public void What_is_in_flight_on_a_node_goes_with_it()
    {
        ledger.Sent(1);
        ledger.Sent(2);
        ledger.Answered(1, WorkOutcome.Busy);
        ledger.NodeGone();
        ledger.NodeGone();
        Assert.Equal((1, 1, 0), (Balanced().Refused, Balanced().GoneWithNode, Balanced().InFlight));
    }

    [Fact]
    public void An_attempt_that_was_sent_just_after_its_node_had_gone_is_gone_as_well()
    {
        ledger.NodeGone();
        ledger.Sent(1);
        ledger.NodeGone(1);
        ledger.NodeGone(1);
        Assert.Equal((1, 0), (Balanced().GoneWithNode, Balanced().InFlight));
    }

    [Fact]
    public void An_answer_after_the_node_was_given_up_moves_the_attempt_to_where_it_belongs()
    {
        ledger.Sent(1);
        ledger.NodeGone();
        ledger.Answered(1, WorkOutcome.Completed);
        Assert.Equal((0, 1, 1), (Balanced().GoneWithNode, Balanced().Completed, Balanced().Wasted));
    }

    [Fact]
    public void An_attempt_that_nobody_ever_answers_is_lost_after_five_minutes()
    {
        ledger.Sent(1);
        time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));
        ledger.Sent(2);
        Assert.Equal((1, 1), (Balanced().Lost, Balanced().InFlight));
    }

    [Fact]
    public void A_reset_keeps_what_somebody_waits_for_and_nothing_else()
    {
        ledger.Sent(1);
        ledger.NodeGone();
        ledger.Sent(2);
        ledger.Sent(3);
        ledger.GivenUp(3);
        ledger.Reset();
        Assert.Equal((1, 0, 1), (Balanced().Sent, Balanced().GoneWithNode, Balanced().InFlight));
        ledger.Answered(1, WorkOutcome.Completed);
        ledger.Answered(2, WorkOutcome.Completed);
        Assert.Equal(1, Balanced().Completed);
    }

    AttemptCounts Balanced()
    {
        var counts = ledger.Counts();
        Assert.Equal(counts.Sent, counts.Refused + counts.Expired + counts.Completed + counts.Failed + counts.Crashed
            + counts.Hung + counts.GoneWithNode + counts.Lost + counts.Unsent + counts.InFlight);
        return counts;
    }
}

public class NodeAddressSpecs
{
    [Theory]
    [InlineData("service-b:5053", "service-b", 5053)]
    [InlineData("127.0.0.1:1", "127.0.0.1", 1)]
    public void A_node_is_host_and_port(string text, string host, int port)
    {
        Assert.True(NodeAddress.TryParse(text, out var address));
        Assert.Equal(new NodeAddress(host, port), address);
    }

    [Theory]
    [InlineData("service-b")]
    [InlineData("service-b:")]
    [InlineData("service-b:0")]
    [InlineData("service-b:65536")]
    [InlineData(":5053")]
    [InlineData("a b:5053")]
    public void Anything_else_is_refused(string text) => Assert.False(NodeAddress.TryParse(text, out _));
}
