using Akka.Actor;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceA;

// What stands around the call path of lane actor.
public partial class CallPathSpecs
{
    [Fact]
    public async Task Without_budget_there_is_no_retry_and_the_last_real_cause_decides() => Assert.Equal(
        (RequestOutcome.Failed, "failure: retry budget exhausted: upstream 500", 1),
        Got(await Go(Node(WorkOutcome.Failed), knobs with { RetryBudget = new Proportion(RetryBudget.Requests, 0.5) })));

    [Fact]
    public async Task Within_its_budget_it_retries() => Assert.Equal(
        (RequestOutcome.Failed, "failure: retry budget exhausted: upstream 500", 2),
        Got(await Go(Node(WorkOutcome.Failed, WorkOutcome.Failed),
            knobs with { RetryBudget = new Proportion(RetryBudget.Requests, 1) })));

    [Fact]
    public async Task A_crash_is_tried_again_only_where_that_is_wanted()
    {
        var careful = knobs with { RetriesCrash = false };
        Assert.Equal((RequestOutcome.Failed, "failure: worker crashed", 1), Got(await Go(Node(WorkOutcome.Crashed), careful)));
        Assert.Equal((RequestOutcome.Succeeded, "success", 2), Got(await Go(Node(WorkOutcome.Failed, WorkOutcome.Completed), careful)));
    }

    [Fact]
    public async Task Without_propagation_an_attempt_says_nothing_of_its_deadline()
    {
        await Go(Node(WorkOutcome.Completed), knobs with { SendsDeadline = false });
        Assert.Equal(TimeSpan.FromDays(1).TotalMilliseconds, seen[0].BudgetMs);
    }

    [Fact]
    public async Task A_slow_attempt_is_hedged_on_another_node_and_the_first_success_wins()
    {
        var slow = Node((WorkOutcome?)null);
        var fast = Node(WorkOutcome.Completed);
        var time = new FakeTimeProvider();
        var path = new CallPath(new UpstreamNodes(new([slow, fast])), time, new RetryBudget(), Pauses.None);
        var going = path.Go(new Call("42-1", null, knobs with { HedgeAfter = TimeSpan.FromMilliseconds(100) }, default));
        await Becomes(() => seen.Count == 1);
        await Becomes(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return seen.Count == 2;
        });
        Assert.Equal((RequestOutcome.Succeeded, "success", 2), Got(await going));
        Assert.Equal([1, 2], seen.Select(work => work.Attempt));
        askers[0].Tell(new WorkAnswer(seen[0].CallId, WorkOutcome.Failed, "host"));
        await Becomes(() => slow.Ledger.Counts().Failed == 1); // the loser still counts for what it was
    }

    [Fact]
    public async Task With_scope_service_all_nodes_of_lane_actor_have_one_breaker()
    {
        var shared = new NodeBreaker(Sys.Scheduler, TimeProvider.System, _ => { });
        var (failing, well) = (NodeWith(shared, Enumerable.Repeat<WorkOutcome?>(WorkOutcome.Failed, 5).ToArray()), NodeWith(shared));
        var service = knobs with { Scope = BreakerScope.Service, MaxRetries = 0 };
        failing.Tune(service);
        well.Tune(service);
        for (var n = 0; n < 5; n++)
            await Go(failing, service);
        Assert.Equal(("open", "open"), (failing.BreakerState, well.BreakerState));
        well.Tune(knobs);
        Assert.Equal("closed", well.BreakerState);
    }
}
