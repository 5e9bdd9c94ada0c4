using Akka.TestKit;
using Microsoft.Extensions.Time.Testing;
using Prometheus;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceA;

public sealed class NodesInTurnSpecs : ActorSpecs
{
    static readonly GatewayKnobs knobs = GatewayKnobs.From(KnobValues.Defaults(GatewayKnobs.All), Names.HttpLane);
    readonly CollectorRegistry registry = Metrics.NewCustomRegistry();
    readonly FakeTimeProvider time = new();
    readonly NodesInTurn<HttpNodeOfNobody> nodes = new([]);

    public NodesInTurnSpecs() : base(ByHand) => nodes.Tune(knobs);

    [Fact]
    public void Nobody_has_a_turn_where_nobody_is_there() => Assert.Empty(nodes.From(null));

    [Fact]
    public void A_node_that_joins_has_its_turn_and_one_that_has_left_has_none()
    {
        var (a, b) = (Join("a:1"), Join("b:1"));
        Assert.Equal([a, b], nodes.From(null).OrderBy(node => node.Address));
        nodes.Leave("a:1");
        Assert.Equal([b], nodes.From(null));
        Assert.Equal([b], nodes.From(avoid: a)); // a retry after an attempt at the one that has left
    }

    [Fact]
    public void A_retry_begins_with_the_node_after_the_one_that_failed()
    {
        var (a, b, c) = (Join("a:1"), Join("b:1"), Join("c:1"));
        Assert.Equal([c, a, b], nodes.From(avoid: b));
        Assert.Equal([a, b, c], nodes.From(avoid: c));
    }

    [Fact]
    public void A_node_that_comes_back_goes_on_in_its_old_books()
    {
        var node = Join("a:1");
        node.Ledger.Sent(1);
        nodes.Leave("a:1");
        Assert.Equal([node], nodes.Gone);
        node.Ledger.Answered(1, WorkOutcome.Completed); // late
        Assert.Same(node, Join("a:1"));
        Assert.Equal((1, 1), (node.Ledger.Counts().Sent, node.Ledger.Counts().Completed));
        Assert.Empty(nodes.Gone);
    }

    [Fact]
    public async Task A_node_is_in_the_books_at_every_moment_while_it_leaves_and_comes_back()
    {
        var node = Join("a:1");
        var going = Task.Run(() =>
        {
            for (var turn = 0; turn < 5_000; turn++)
            {
                nodes.Leave("a:1");
                Join("a:1");
            }
        });
        do
            Assert.Equal([node], nodes.Books.Nodes);
        while (!going.IsCompleted);
        await going;
    }

    [Fact]
    public async Task Of_many_nodes_that_have_left_the_newest_keep_their_books_and_the_others_are_summed()
    {
        for (var number = 1; number <= 40; number++)
        {
            Join($"gone:{number}").Count();
            Assert.Equal(number, Completed());
            nodes.Leave($"gone:{number}");
            Assert.Equal(number, Completed()); // nothing is lost on the way
        }

        Assert.Equal(Enumerable.Range(25, 16).Select(number => $"gone:{number}"), nodes.Gone.Select(node => node.Address));
        Assert.Equal((24, 24), (nodes.Books.Older.Sent, nodes.Books.Older.Completed));
        Assert.DoesNotContain("gone:24\"", await Shown(), StringComparison.Ordinal);
        Assert.Contains("gone:25\"", await Shown(), StringComparison.Ordinal);

        Assert.NotNull(Join("gone:1")); // begins anew, beside what was summed
        Assert.Equal(40, Completed());
        nodes.ResetBooks();
        Assert.Equal((0, AttemptCounts.None), (Completed(), nodes.Books.Older));
    }

    [Fact]
    public void A_node_that_has_left_keeps_its_books_while_anything_is_in_flight_there()
    {
        var slow = Join("slow:1");
        slow.Ledger.Sent(1);
        nodes.Leave("slow:1");
        for (var number = 1; number <= 40; number++) Come_and_go(number);
        Assert.Equal([slow, .. nodes.Gone.Skip(1)], nodes.Gone);
        Assert.Equal(17, nodes.Gone.Count);

        slow.Ledger.Answered(1, WorkOutcome.Completed);
        Come_and_go(41);
        Assert.DoesNotContain(slow, nodes.Gone);
        Assert.Equal(16, nodes.Gone.Count);
        Assert.Equal(1, Completed());

        void Come_and_go(int number)
        {
            Join($"gone:{number}");
            nodes.Leave($"gone:{number}");
        }
    }

    [Fact]
    public async Task Of_a_node_that_has_left_the_counters_stay_and_its_breaker_is_no_longer_shown()
    {
        Join("a:1").Count();
        Assert.Contains("tiny_breaker_state{", await Shown(), StringComparison.Ordinal);
        nodes.Leave("a:1");
        Assert.DoesNotContain("tiny_breaker_state{", await Shown(), StringComparison.Ordinal);
        Assert.Contains("""tiny_attempts_total{lane="http",node="a:1",outcome="completed"} 1""", await Shown(), StringComparison.Ordinal);
        Join("a:1");
        Assert.Contains("""tiny_breaker_state{lane="http",node="a:1",state="closed"} 1""", await Shown(), StringComparison.Ordinal);
    }

    long Completed() => nodes.Books.Nodes.Sum(node => node.Ledger.Counts().Completed) + nodes.Books.Older.Completed;

    HttpNodeOfNobody Join(string address) => nodes.Join(address, () => new(address, new NodeBreaker(Sys.Scheduler, time, _ => { }),
        new NodeMetrics(new UpstreamMetrics(Metrics.WithCustomRegistry(registry)), Names.HttpLane, address), time));

    async Task<string> Shown()
    {
        using var text = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(text);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    sealed class HttpNodeOfNobody(string address, NodeBreaker breaker, NodeMetrics metrics, TimeProvider time)
        : GuardedNode<NodeBreaker>(address, breaker, metrics)
    {
        public override AttemptLedger Ledger { get; } = new(time);
        public override string? Host => null;

        public void Count()
        {
            Ledger.Sent(0);
            Ledger.Answered(0, WorkOutcome.Completed);
            Metrics.Ended(AttemptOutcome.Completed);
        }
    }
}
