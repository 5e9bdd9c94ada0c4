using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Http;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.ServiceA;

// What stands around the call path of lane http.
public sealed partial class HttpLaneSpecs
{
    static readonly GatewayKnobs hedging = knobs with
    {
        HedgeAfter = TimeSpan.FromMilliseconds(100),
        RequestTimeout = TimeSpan.FromSeconds(5),
    };

    [Fact]
    public async Task Within_its_budget_it_retries_and_then_the_last_real_cause_decides() => Assert.Equal(
        (RequestOutcome.Failed, "failure: retry budget exhausted: upstream 500", 2),
        Got(await Go(Node("failed", "failed"), knobs with { RetryBudget = new Proportion(RetryBudget.Requests, 1) })));

    [Fact]
    public async Task A_crash_is_tried_again_only_where_that_is_wanted() => Assert.Equal(
        (RequestOutcome.Failed, "failure: worker crashed", 1), Got(await Go(Node("crashed"), knobs with { RetriesCrash = false })));

    [Fact]
    public async Task Without_propagation_an_attempt_says_nothing_of_its_deadline()
    {
        var node = Node("completed");
        await Go(node, knobs with { SendsDeadline = false });
        Assert.False(node.Server.Seen[0].Headers.Contains("X-Budget-Ms"));
    }

    [Fact]
    public async Task A_slow_attempt_is_hedged_and_the_first_success_wins()
    {
        var node = Node(null, "completed");
        var result = await Hedged(node);
        Assert.Equal((RequestOutcome.Succeeded, "success", 2), Got(result));
        Assert.Equal(["-", "2"], node.Server.Seen.Select(request => Header(request, "X-Attempt")));
        node.Server.Answer(0, "failed");
        await Becomes(() => node.Ledger.Counts().Failed == 1); // the loser still counts for what it was
    }

    [Fact]
    public async Task A_failure_of_one_waits_for_the_other()
    {
        var node = Node(null, "failed");
        var going = Hedged(node);
        await Becomes(() => node.Ledger.Counts().Failed == 1);
        Assert.False(going.IsCompleted);
        node.Server.Answer(0, "completed");
        Assert.Equal((RequestOutcome.Succeeded, "success", 2), Got(await going));
    }

    [Fact]
    public async Task When_both_fail_that_is_one_try_and_a_retry_follows()
    {
        var node = Node(null, "failed", "completed");
        var going = Hedged(node);
        await Becomes(() => node.Ledger.Counts().Failed == 1);
        node.Server.Answer(0, "crashed");
        Assert.Equal((RequestOutcome.Succeeded, "success", 3), Got(await going));
    }

    [Fact]
    public async Task A_hedge_needs_budget()
    {
        var node = Node((string?)null);
        var going = Go(node, hedging with { RetryBudget = new Proportion(RetryBudget.Requests, 0.5) });
        await Becomes(() => time.IsWaitedFor(hedging.HedgeAfter));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(node.Server.Seen);
        node.Server.Answer(0, "completed");
        Assert.Equal((RequestOutcome.Succeeded, "success", 1), Got(await going));
    }

    [Fact]
    public async Task An_attempt_in_time_is_not_hedged()
    {
        var node = Node("completed");
        Assert.Equal(1, (await Go(node, hedging)).Attempts);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(node.Server.Seen);
    }

    [Fact]
    public async Task With_scope_service_all_nodes_have_one_breaker()
    {
        var shared = NewBreaker();
        HttpNode Sharing(ScriptedServer server) =>
            new(new Uri("http://127.0.0.1:1"), new HttpClients(server), NewBreaker(), new HttpLedger(), NewMetrics())
            {
                OfService = shared,
            };
        using var failingServer = new ScriptedServer(["failed", "failed"]);
        using var wellServer = new ScriptedServer([]);
        var (failing, well) = (Sharing(failingServer), Sharing(wellServer));
        var service = knobs with
        {
            Scope = BreakerScope.Service,
            HttpBreaker = BreakerKind.Consecutive,
            FailureThreshold = 2,
            MaxRetries = 0,
        };
        failing.Tune(service);
        well.Tune(service);
        for (var n = 0; n < 2; n++)
            await Gateway(time, failing).Carry(NewCall(service));
        Assert.Equal(("open", "open"), (failing.BreakerState, well.BreakerState));
        Assert.Equal("failure: circuit open", (await Gateway(time, well).Carry(NewCall(service))).Note);
        well.Tune(knobs);
        Assert.Equal("closed", well.BreakerState);
    }

    async Task<CallResult> Hedged(ScriptedNode node)
    {
        var going = Go(node, hedging);
        await Becomes(() => time.IsWaitedFor(hedging.HedgeAfter));
        time.Advance(hedging.HedgeAfter);
        await Becomes(() => node.Server.Seen.Count >= 2); // a third may follow at once
        return await going;
    }
}
