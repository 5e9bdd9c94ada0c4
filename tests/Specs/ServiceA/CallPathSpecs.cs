using Akka.Actor;
using Akka.Actor.Dsl;
using Akka.TestKit;
using Prometheus;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceA;

// The call path against ServiceB nodes that are test probes: what they answer is scripted, attempt by attempt.
public partial class CallPathSpecs : ActorSpecs
{
    static readonly GatewayKnobs knobs = GatewayKnobs.From(KnobValues.Defaults(GatewayKnobs.All), "actor") with
    {
        Backoff = new RetrySchedule(Jitter.None, TimeSpan.Zero, TimeSpan.Zero),
        Seed = 42,
        // Akka's Ask and breaker wait in real time: limits that only end a hang, where a spec does not want one to pass
        RequestTimeout = TimeSpan.FromMinutes(1),
        TotalTimeout = TimeSpan.FromMinutes(10),
        CoolDown = TimeSpan.FromMinutes(10),
    };
    readonly List<DoWork> seen = [];
    readonly List<IActorRef> askers = [];

    [Fact]
    public async Task A_success_is_one_attempt()
    {
        var result = await Go(Node(WorkOutcome.Completed));
        Assert.Equal((RequestOutcome.Succeeded, "success", 1), Got(result));
        Assert.Equal("host", result.Last!.Answer!.Host);
    }

    [Theory]
    [InlineData(WorkOutcome.Failed, "upstream 500")]
    [InlineData(WorkOutcome.Crashed, "worker crashed")]
    [InlineData(WorkOutcome.Hung, "worker crashed")]
    public async Task A_failed_attempt_is_tried_again_as_often_as_it_may(WorkOutcome failure, string cause)
    {
        Assert.Equal((RequestOutcome.Succeeded, "success", 3), Got(await Go(Node(failure, failure, WorkOutcome.Completed))));
        Assert.Equal([1, 2, 3], seen.Select(work => work.Attempt));
        Assert.Equal(
            (RequestOutcome.Failed, $"failure: all retries failed: {cause}", 3), Got(await Go(Node(failure, failure, failure))));
    }

    [Fact]
    public async Task Without_retries_the_cause_stands_alone() => Assert.Equal(
        (RequestOutcome.Failed, "failure: upstream 500", 1), Got(await Go(Node(WorkOutcome.Failed), knobs with { MaxRetries = 0 })));

    [Fact]
    public async Task Busy_is_an_answer_and_not_tried_again() => Assert.Equal(
        (RequestOutcome.Refused, "failure: service-b busy", 1), Got(await Go(Node(WorkOutcome.Busy))));

    [Fact]
    public async Task Silence_is_a_timeout_and_tried_again()
    {
        var hasty = knobs with { RequestTimeout = TimeSpan.FromMilliseconds(50), MaxRetries = 1 };
        var (outcome, note, attempts) = Got(await Go(
            Node([null, .. Enumerable.Repeat<WorkOutcome?>(WorkOutcome.Completed, 20)]), hasty with { MaxRetries = 20 }));
        Assert.Equal((RequestOutcome.Succeeded, "success"), (outcome, note));
        Assert.True(attempts > 1); // on a busy machine an answer may miss 50 ms, twenty in a row do not
        Assert.Equal((RequestOutcome.TimedOut, "failure: all retries failed: timeout", 2), Got(await Go(Node(null, null), hasty)));
    }

    [Fact]
    public async Task An_attempt_carries_what_is_left_of_its_time()
    {
        await Go(Node(WorkOutcome.Completed), knobs with { RequestTimeout = TimeSpan.FromSeconds(7) });
        Assert.Equal(7_000, seen[0].BudgetMs);
        await Go(Node(WorkOutcome.Completed), knobs with { TotalTimeout = TimeSpan.FromSeconds(0.5) });
        Assert.InRange(seen[1].BudgetMs, 1, 500);
    }

    [Fact]
    public async Task The_total_time_ends_the_retries()
    {
        var tight = knobs with
        {
            Backoff = knobs.Backoff with { Base = knobs.TotalTimeout, Max = knobs.TotalTimeout },
        };
        Assert.Equal((RequestOutcome.Failed, "failure: all retries failed: upstream 500", 1), Got(await Go(Node(WorkOutcome.Failed), tight)));
    }

    [Fact]
    public async Task Without_a_connection_it_is_refused_at_once()
    {
        var node = Node();
        node.Lost();
        Assert.Equal((RequestOutcome.Refused, "failure: service-b unavailable", 0), Got(await Go(node)));
    }

    [Fact]
    public async Task An_open_breaker_refuses_before_the_first_attempt()
    {
        var node = Node();
        Trip(node);
        var result = await Go(node);
        Assert.Equal((RequestOutcome.Refused, "failure: circuit open", 0), Got(result));
        Assert.InRange(result.Last!.RetryAfter.TotalMinutes, 5, 10);
        Assert.Empty(seen);
    }

    [Fact]
    public async Task When_the_breaker_opens_between_two_attempts_the_last_real_cause_decides()
    {
        var node = Node(WorkOutcome.Failed, WorkOutcome.Failed);
        for (var n = 0; n < 3; n++)
            node.Breaker.ConnectionLost();
        Assert.Equal((RequestOutcome.Failed, "failure: all retries failed: upstream 500", 2), Got(await Go(node)));
        Assert.Equal("open", node.Breaker.State);
    }

    [Fact]
    public async Task A_connection_lost_in_flight_ends_the_attempt_at_once_and_counts_once_for_the_breaker()
    {
        var node = Node(null, null, null, null, null, null);
        var calls = Enumerable.Range(0, 6).Select(_ => Go(node, knobs with { MaxRetries = 0 })).ToList();
        await Becomes(() => node.Ledger.Counts().InFlight == 6);
        node.Lost();
        Assert.All(await Task.WhenAll(calls), result =>
            Assert.Equal((RequestOutcome.Failed, "failure: connection lost", 1), Got(result)));
        Assert.Equal("closed", node.Breaker.State);
        Assert.Equal(6, node.Ledger.Counts().GoneWithNode);
    }

    [Fact]
    public async Task A_caller_that_goes_away_is_let_go_and_its_attempt_still_counts_for_what_it_was()
    {
        using var gone = new CancellationTokenSource();
        var node = Node((WorkOutcome?)null);
        var call = PathTo(node).Go(new Call("42-1", null, knobs, gone.Token));
        await Becomes(() => seen.Count == 1);
        await gone.CancelAsync();
        Assert.Equal(RequestOutcome.CallerGone, (await call).Outcome);
        askers[0].Tell(new WorkAnswer(seen[0].CallId, WorkOutcome.Failed, "host"));
        await Becomes(() => node.Ledger.Counts().Failed == 1);
    }

    [Fact]
    public async Task A_retry_goes_to_another_node()
    {
        var failing = Node(WorkOutcome.Failed, WorkOutcome.Failed);
        var well = Node(WorkOutcome.Completed, WorkOutcome.Completed);
        var path = PathTo(failing, well);
        for (var n = 0; n < 2; n++)
            Assert.Equal(RequestOutcome.Succeeded, (await path.Go(new Call("42-1", null, knobs, default))).Outcome);
        Assert.Equal((1, 2), (failing.Ledger.Counts().Failed, well.Ledger.Counts().Completed));
    }

    [Fact]
    public async Task A_node_whose_breaker_is_open_is_passed_over()
    {
        var broken = Node();
        var well = Node(WorkOutcome.Completed, WorkOutcome.Completed);
        Trip(broken);
        var path = PathTo(broken, well);
        for (var n = 0; n < 2; n++)
            Assert.Equal((RequestOutcome.Succeeded, "success", 1), Got(await path.Go(new Call("42-1", null, knobs, default))));
    }

    [Fact]
    public async Task Each_attempt_is_traced()
    {
        var result = await Go(Node(WorkOutcome.Failed, WorkOutcome.Completed));
        Assert.Equal(["upstream 500", "success"], result.Trace.Select(attempt => attempt.Outcome));
        Assert.All(result.Trace, attempt => Assert.Equal((3, "closed"), (attempt.Worker, attempt.BreakerState)));
    }

    public static TheoryData<string, string?> Unsendable => new()
    {
        { "", null },
        { "a b", null },
        { "42-ü", null },
        { new string('4', 65), null },
        { "42-1", "00-träce-01" },
        { "42-1", "00-trace\r\nX-Attempt: 7" },
        { "42-1", new string('0', 129) },
    };

    [Theory]
    [MemberData(nameof(Unsendable))]
    public async Task What_cannot_be_sent_is_known_before_it_is_sent_and_counts_for_nobody(string id, string? traceParent)
    {
        var node = Node(new WorkOutcome?[knobs.FailureThreshold]);
        for (var n = 0; n < knobs.FailureThreshold; n++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => Go(node, new Call(id, traceParent, knobs, default)));
        Assert.Equal(("closed", 0), (node.BreakerState, node.Ledger.Counts().Sent));
        Assert.Empty(seen);
    }

    [Fact]
    public async Task An_attempt_that_ends_by_a_bug_does_not_stay_in_flight()
    {
        var node = Node();
        node.Connected(new Probed("another", "host", Accepting: true), Sys.ActorOf(act => act.ReceiveAny((_, context) =>
            context.Sender.Tell("no answer of the protocol"))));
        await Assert.ThrowsAsync<ArgumentException>(() => Go(node));
        var counts = node.Ledger.Counts();
        Assert.Equal((1, 1, 0), (counts.Sent, counts.Lost, counts.InFlight));
    }

    static void Trip(ServiceBNode node)
    {
        for (var n = 0; n < knobs.FailureThreshold; n++)
            node.Breaker.ConnectionLost();
    }

    static Task<CallResult> Go(ServiceBNode node, GatewayKnobs? with = null) =>
        Go(node, new Call("42-1", null, with ?? knobs, default));

    static Task<CallResult> Go(ServiceBNode node, Call call) => PathTo(node).Go(call);

    static CallPath PathTo(params ServiceBNode[] nodes) =>
        new(new UpstreamNodes(new(nodes)), TimeProvider.System, new RetryBudget(), Pauses.None);

    // A node that gives these answers to the attempts that reach it; null is silence.
    ServiceBNode Node(params WorkOutcome?[] answers) => NodeWith(null, answers);

    ServiceBNode NodeWith(NodeBreaker? ofService, params WorkOutcome?[] answers) =>
        NodeIn(TimeProvider.System, Pauses.None, () => { }, ofService, answers);

    ServiceBNode NodeIn(
        TimeProvider time, PauseMeter pauses, Action onWork, NodeBreaker? ofService, params WorkOutcome?[] answers)
    {
        var pool = CreateTestProbe();
        var next = 0;
        pool.SetAutoPilot(new DelegateAutoPilot((asker, message) =>
        {
            var work = (DoWork)message;
            askers.Add(asker); // before who waits for what was seen goes on
            seen.Add(work);
            onWork();
            if (answers[next++] is { } outcome)
                asker.Tell(new WorkAnswer(work.CallId, outcome, "host", 5, 3));
            return AutoPilot.KeepRunning;
        }));
        var breaker = new NodeBreaker(Sys.Scheduler, TimeProvider.System, _ => { });
        breaker.Tune(knobs);
        var metrics = new NodeMetrics(new UpstreamMetrics(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry())), "actor", "node");
        var node = new ServiceBNode("node", breaker, new AttemptLedger(TimeProvider.System), metrics, time, pauses)
        {
            OfService = ofService,
        };
        node.Connected(new Probed("incarnation", "host", Accepting: true), pool);
        return node;
    }

    static (RequestOutcome, string, int) Got(CallResult result) => (result.Outcome, result.Note, result.Attempts);
}
