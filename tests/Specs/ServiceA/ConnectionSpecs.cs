using Akka.Actor;
using Akka.Actor.Dsl;
using Akka.Pattern;
using Akka.Remote;
using Akka.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Prometheus;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceA;

// The connection to a ServiceB node under its BackoffSupervisor, with time moved by hand. The "node" is an actor of the
// same system, and what remoting would report is published by hand.
public class ConnectionSpecs : ActorSpecs
{
    static readonly TimeSpan patience = TimeSpan.FromMinutes(1);
    readonly TestProbe pool;
    readonly Address address;
    // Stands still: what was heard stays recent, however long a busy machine takes
    readonly FakeTimeProvider time = Pauses.NewTime();
    readonly ServiceBNode node;
    readonly IActorRef upstream;

    public ConnectionSpecs() : base(ByHand)
    {
        address = ((ExtendedActorSystem)Sys).Provider.DefaultAddress;
        pool = CreateTestProbe();
        Sys.ActorOf(Props.Create(() => new Forwarder(pool)), Names.ActorPool);
        var breaker = new NodeBreaker(Sys.Scheduler, time, _ => { });
        breaker.Tune(GatewayKnobs.From(KnobValues.Defaults(GatewayKnobs.All), "actor"));
        var metrics = new NodeMetrics(new UpstreamMetrics(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry())), "actor", "node");
        node = new ServiceBNode("node", breaker, new AttemptLedger(time), metrics, time, Pauses.None);
        var notes = new UpstreamNotes(NullLogger<UpstreamNotes>.Instance);
        var connection = Props.Create(() => new ConnectionActor(node, address, notes));
        upstream = Sys.ActorOf(ActorTree.OverConnection(connection), ActorTree.UpstreamName(0));
    }

    [Fact]
    public void A_node_that_answers_the_probe_is_connected()
    {
        Assert.False(node.IsAvailable);
        Answer("first");
    }

    [Fact]
    public async Task An_answer_that_comes_right_before_the_connection_is_closed_is_an_answer()
    {
        var last = Sys.ActorOf(act => act.Receive<DoWork>((work, context) =>
        {
            context.Sender.Tell(new WorkAnswer(work.CallId, WorkOutcome.Completed, "host-b", 1, 0));
            node.Lost();
        }));
        for (var n = 0; n < 20; n++)
        {
            node.Connected(new Probed($"{n}", "host-b", Accepting: true), last);
            Assert.Equal(AttemptOutcome.Completed, (await node.Attempt($"42-{n}", 1, null, patience)).Outcome);
        }
        Assert.Equal((20, 20), (node.Ledger.Counts().Sent, node.Ledger.Counts().Completed));
    }

    [Fact]
    public void A_node_that_falls_silent_is_given_up_after_three_seconds_and_searched_again()
    {
        Answer("first");
        Advance(ConnectionActor.SilenceLimit);
        Await(() => !node.IsConnected);
        SearchAgain();
        Answer("first");
    }

    [Fact]
    public void A_node_whose_probe_waits_behind_work_stays_connected_while_its_work_is_answered()
    {
        Answer("first");
        var attempt = node.Attempt("42-1", 1, null, patience);
        var work = pool.FishForMessage<DoWork>(_ => true);
        pool.Reply(new WorkAnswer(work.CallId, WorkOutcome.Completed, "host"));
        Await(() => attempt.IsCompletedSuccessfully);
        Advance(ConnectionActor.SilenceLimit);
        AwaitChild(exists: true);
        Assert.True(node.IsAvailable);
    }

    [Fact]
    public void A_closed_connection_is_known_at_once()
    {
        Answer("first");
        Disassociated(address);
        Await(() => !node.IsConnected);
    }

    [Fact]
    public void What_happens_to_another_node_is_of_no_concern()
    {
        Answer("first");
        Disassociated(new Address("akka.tcp", Names.System, "elsewhere", 1));
        Advance(ConnectionActor.ProbePeriod);
        Answer("first");
        Assert.True(node.IsAvailable);
    }

    [Fact]
    public void A_node_that_drains_stays_connected_and_gets_no_more_work()
    {
        Answer("first");
        Advance(ConnectionActor.ProbePeriod);
        Answer("first", accepting: false);
        Assert.True(node.IsConnected);
    }

    [Fact]
    public void The_pause_before_the_next_search_grows_and_is_bounded()
    {
        for (var search = 0; search < 10; search++)
        {
            pool.ExpectMsg<Probe>();
            Disassociated(address);
            AwaitChild(exists: false);
            Advance(TimeSpan.FromSeconds(0.19)); // 0.2 s is the shortest pause
            AwaitChild(exists: false);
            Advance(TimeSpan.FromSeconds(1.01)); // 1 s and a fifth is the longest
            AwaitChild(exists: true);
        }
    }

    [Fact]
    public void Requests_never_wait_in_the_connection_so_that_its_mailbox_may_be_lost()
    {
        Answer("first");
        var attempt = node.Attempt("42-1", 1, null, patience);
        var work = pool.FishForMessage<DoWork>(_ => true);
        Assert.Equal("42-1", work.RequestId);
        Assert.Equal("temp", pool.LastSender.Path.Elements[0]); // asked by the request itself
        pool.Reply(new WorkAnswer(work.CallId, WorkOutcome.Completed, "host"));
        Await(() => attempt.IsCompletedSuccessfully);
    }

    // Answers every probe, also those that a connection sent before it stopped, until the node is seen as it says
    void Answer(string incarnation, bool accepting = true) => Await(() =>
    {
        while (pool.HasMessages)
        {
            pool.ExpectMsg<Probe>();
            pool.Sender.Tell(new Probed(incarnation, "host", accepting), pool);
        }
        return node.IsAvailable == accepting;
    });

    void SearchAgain()
    {
        AwaitChild(exists: false);
        Advance(TimeSpan.FromSeconds(1.2));
        AwaitChild(exists: true);
    }

    void AwaitChild(bool exists) => Soon(() =>
    {
        upstream.Tell(BackoffSupervisor.GetCurrentChild.Instance, TestActor);
        Assert.Equal(exists, ExpectMsg<BackoffSupervisor.CurrentChild>().Ref is { } child && !child.IsNobody());
    });

    void Await(Func<bool> fact) => Soon(() => Assert.True(fact()));

    void Disassociated(Address whose) =>
        Sys.EventStream.Publish(new DisassociatedEvent(address, whose, inbound: false));

    void Advance(TimeSpan by) => ((TestScheduler)Sys.Scheduler).Advance(by);

    sealed class Forwarder : ReceiveActor
    {
        public Forwarder(IActorRef to) => ReceiveAny(to.Forward);
    }
}
