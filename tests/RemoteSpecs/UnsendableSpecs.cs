using Akka.Actor;
using Prometheus;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.ServiceB;
using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace RemoteSpecs;

/// <summary>What the other side would drop without a word, so that who asks would wait in vain.</summary>
public sealed class UnsendableSpecs : PairSpecs
{
    static readonly TimeSpan limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task What_ServiceB_would_not_take_is_never_sent_and_the_next_request_is_served()
    {
        var knobs = GatewayKnobs.From(KnobValues.Defaults(GatewayKnobs.All), Names.ActorLane) with { MaxRetries = 0, RequestTimeout = limit };
        var (node, path) = await Connected(knobs);
        for (var n = 0; n < knobs.FailureThreshold; n++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => path.Go(new Call("42-1", new string('0', 129), knobs, default)));
        var result = await path.Go(new Call("42-2", null, knobs, default));
        Assert.Equal(("worker crashed", "closed"), (result.Last!.Cause, node.BreakerState)); // the stand-in's answer to all
        Assert.Equal((1, 0), (node.Ledger.Counts().Sent, node.Ledger.Counts().InFlight));
        Assert.Single(B.Received.All.OfType<DoWork>());
    }

    [Fact]
    public async Task An_answer_of_a_host_with_too_long_a_name_arrives()
    {
        var options = new PoolOptions(Names.ActorLane, new string('h', 300), "incarnation");
        var calm = WorkKnobs.From(KnobValues.Defaults(WorkKnobs.All)) with { FailureRate = 0, BaseLatency = TimeSpan.Zero, MaxLatency = TimeSpan.Zero };
        var (faults, memory) = (new FaultBoard(TimeProvider.System), new WorkMemory());
        var books = new WorkBooks(new WorkMetrics(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()), Names.ActorLane));
        B.System.ActorOf(Props.Create(() => new PoolActor(options, () => calm, faults, books, memory, TimeProvider.System)), "long-name");
        var pool = ((ExtendedActorSystem)A.System).Provider.ResolveActorRef(B.Address + "/user/long-name");

        Assert.Equal(255, (await pool.Ask<Probed>(new Probe(), limit)).Host.Length);
        var answer = await pool.Ask<WorkAnswer>(new DoWork(7, "42-1", 1, limit.TotalMilliseconds, 1, "sender", null), limit);
        Assert.Equal((7, WorkOutcome.Completed, 255), (answer.CallId, answer.Outcome, answer.Host.Length));
    }

    async Task<(ServiceBNode, CallPath)> Connected(GatewayKnobs knobs)
    {
        var found = new TaskCompletionSource<(Probed, IActorRef)>();
        A.PoolAt(B.Address).Tell(new Probe(), A.System.ActorOf(Props.Create(() => new Finder(found))));
        var (probed, pool) = await found.Task.WaitAsync(limit);
        var pauses = new PauseMeter(TimeProvider.System);
        var breaker = new NodeBreaker(A.System.Scheduler, TimeProvider.System, _ => { });
        breaker.Tune(knobs);
        var metrics = new NodeMetrics(new UpstreamMetrics(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry())), Names.ActorLane, "node");
        var node = new ServiceBNode("node", breaker, new AttemptLedger(TimeProvider.System), metrics, TimeProvider.System, pauses);
        node.Connected(probed, pool);
        return (node, new CallPath(new UpstreamNodes(new([node])), TimeProvider.System, new RetryBudget(), pauses));
    }
}
