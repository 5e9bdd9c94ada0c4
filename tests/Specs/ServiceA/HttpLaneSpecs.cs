using System.Net;
using System.Net.Sockets;
using Akka.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Prometheus;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Http;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.ServiceA;

// Lane http against ServiceB nodes that are scripted, attempt by attempt. Time is moved by hand.
public sealed partial class HttpLaneSpecs : ActorSpecs
{
    static readonly GatewayKnobs knobs = GatewayKnobs.From(KnobValues.Defaults(GatewayKnobs.All), "http") with
    {
        Backoff = new RetrySchedule(Jitter.None, TimeSpan.Zero, TimeSpan.Zero),
        Seed = 42,
    };
    readonly WatchedTime time = new();
    readonly List<string> transitions = [];

    public HttpLaneSpecs() : base(ByHand)
    {
    }

    [Fact]
    public async Task A_success_is_one_attempt()
    {
        var result = await Go(Node("completed"));
        Assert.Equal((RequestOutcome.Succeeded, "success", 1), Got(result));
        Assert.Equal(("host", 5, 3), (result.Last!.Answer!.Host, result.Last.Answer.ProcessingMs, result.Last.Answer.Worker));
    }

    [Fact]
    public async Task Without_a_node_a_request_is_refused_at_once()
    {
        var result = await Gateway(time).Carry(NewCall(knobs));
        Assert.Equal((RequestOutcome.Refused, "failure: service-b unavailable", 0), Got(result));
    }

    [Theory]
    [InlineData("failed", "upstream 500")]
    [InlineData("crashed", "worker crashed")]
    [InlineData("hung", "worker crashed")]
    [InlineData("broken", "connection lost")]
    [InlineData("reset", "connection lost")]
    [InlineData("cut", "connection lost")]
    public async Task A_failed_attempt_is_tried_again_as_often_as_it_may(string failure, string cause)
    {
        Assert.Equal((RequestOutcome.Succeeded, "success", 3), Got(await Go(Node(failure, failure, "completed"))));
        Assert.Equal(
            (RequestOutcome.Failed, $"failure: all retries failed: {cause}", 3), Got(await Go(Node(failure, failure, failure))));
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("draining")]
    public async Task Work_that_was_never_begun_is_tried_again(string refusal) =>
        Assert.Equal((RequestOutcome.Succeeded, "success", 2), Got(await Go(Node(refusal, "completed"))));

    [Fact]
    public async Task Busy_is_an_answer_and_not_tried_again() => Assert.Equal(
        (RequestOutcome.Refused, "failure: service-b busy", 1), Got(await Go(Node("busy"))));

    [Fact]
    public async Task Without_retries_the_cause_stands_alone() => Assert.Equal(
        (RequestOutcome.Failed, "failure: upstream 500", 1), Got(await Go(Node("failed"), knobs with { MaxRetries = 0 })));

    [Fact]
    public async Task An_attempt_says_who_it_is_and_what_is_left_of_its_time()
    {
        var node = Node("failed", "completed");
        await Go(node, knobs with { RequestTimeout = TimeSpan.FromSeconds(7) }, "00-trace-01");
        Assert.Equal(
            ["42-1 - 7000 00-trace-01", "42-1 2 7000 00-trace-01"], // the first is what ServiceB takes an attempt for that says nothing
            node.Server.Seen.Select(request => string.Join(' ', "X-Request-Id X-Attempt X-Budget-Ms traceparent".Split(' ')
                .Select(name => Header(request, name)))));
    }

    [Fact]
    public async Task Silence_is_a_timeout_whose_attempt_is_lost_to_the_ledger()
    {
        var node = Node(null, "completed");
        var going = Go(node);
        await PassTime(until: () => node.Server.Seen.Count == 1, knobs.RequestTimeout);
        Assert.Equal((RequestOutcome.Succeeded, "success", 2), Got(await going));
        Assert.Equal((2, 1, 1, 0), Counts(node, counts => (counts.Sent, counts.Lost, counts.Completed, counts.InFlight)));
    }

    [Theory]
    [InlineData(false, 0, 1)]
    [InlineData(true, 1, 0)]
    public async Task An_attempt_given_up_before_it_is_written_is_unsent_and_afterwards_lost(bool hasConnection, long lost, long unsent)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var isConnecting = false;
        using var handler = new SocketsHttpHandler();
        if (!hasConnection)
            handler.ConnectCallback = (_, givenUp) =>
            {
                Volatile.Write(ref isConnecting, true);
                return new(new TaskCompletionSource<Stream>().Task.WaitAsync(givenUp));
            };
        var node = NewNode(new Uri($"http://{listener.LocalEndpoint}"), new HttpClients(handler));
        node.Tune(knobs);
        var received = hasConnection ? Receive() : Task.FromResult<Socket?>(null);
        var going = Gateway(time, node).Carry(NewCall(knobs with { MaxRetries = 0 }));
        await PassTime(until: () => hasConnection ? received.IsCompleted : Volatile.Read(ref isConnecting), knobs.RequestTimeout);
        Assert.Equal("failure: timeout", (await going).Note);
        var counts = node.Ledger.Counts();
        Assert.Equal((1, lost, unsent, 0), (counts.Sent, counts.Lost, counts.Unsent, counts.InFlight));
        (await received)?.Dispose(); // held until here: one that is collected closes its connection

        async Task<Socket?> Receive()
        {
            var socket = await listener.AcceptSocketAsync();
            await socket.ReceiveAsync(new byte[4096]);
            return socket;
        }
    }

    [Fact]
    public async Task The_total_time_ends_an_attempt_and_its_retries()
    {
        var node = Node(null, null);
        var going = Go(node, knobs with { TotalTimeout = TimeSpan.FromSeconds(0.5) });
        await PassTime(until: () => node.Server.Seen.Count == 1, TimeSpan.FromSeconds(0.5));
        Assert.Equal((RequestOutcome.TimedOut, "failure: all retries failed: timeout", 1), Got(await going));
    }

    [Fact]
    public async Task An_attempt_that_the_total_time_ends_counts_for_the_breaker()
    {
        var node = Node(null, null);
        node.Tune(knobs with { Ratio = new RatioRule(1, 2, TimeSpan.FromSeconds(10)) });
        for (var n = 1; n <= 2; n++)
        {
            var going = Go(node, knobs with { TotalTimeout = TimeSpan.FromSeconds(0.5) });
            await PassTime(until: () => node.Server.Seen.Count == n, TimeSpan.FromSeconds(0.5));
            Assert.Equal(RequestOutcome.TimedOut, (await going).Outcome);
        }
        Assert.Equal("open", node.BreakerState);
    }

    [Fact]
    public async Task No_retry_is_begun_for_which_there_is_no_time()
    {
        var slow = knobs with
        {
            TotalTimeout = TimeSpan.FromSeconds(1),
            Backoff = knobs.Backoff with { Base = TimeSpan.FromSeconds(2), Max = TimeSpan.FromSeconds(2) },
        };
        Assert.Equal((RequestOutcome.Failed, "failure: all retries failed: upstream 500", 1), Got(await Go(Node("failed"), slow)));
    }

    [Fact]
    public async Task The_pauses_are_those_of_lane_actor()
    {
        var schedule = new RetrySchedule(Jitter.Decorrelated, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(1));
        var course = new CallCourse(new Call("42-1", null, knobs with { Backoff = schedule }, default), time, new RetryBudget(), Pauses.None);
        var node = Node("failed", "failed", "failed");
        var going = Go(node, knobs with { Backoff = schedule });
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            Assert.True(course.MayGoOn(AttemptOutcome.Failed));
            var pause = TimeSpan.FromMilliseconds(Math.Floor(course.NextPause.TotalMilliseconds)); // as timers take it
            await Becomes(() => time.IsWaitedFor(pause));
            time.Advance(pause);
        }
        Assert.Equal(3, (await going).Attempts);
    }

    [Fact]
    public async Task Every_end_enters_the_ledger_once_and_it_balances()
    {
        var node = Node("completed", "failed", "crashed", "hung", "busy", "draining", "expired", "broken", "reset", "cut", "bug");
        for (var n = 0; n < 11; n++)
            await Go(node, knobs with { MaxRetries = 0 });
        Assert.Equal((11, 1, 1, 1, 1), Counts(node, counts => (counts.Sent, counts.Completed, counts.Failed, counts.Crashed, counts.Hung)));
        Assert.Equal((2, 1, 3, 0), Counts(node, counts => (counts.Refused, counts.Expired, counts.GoneWithNode, counts.InFlight)));
        Assert.Equal(1, Counts(node, counts => counts.Lost)); // the bug
    }

    [Fact]
    public async Task The_breaker_by_ratio_opens_at_its_share_of_enough_attempts()
    {
        var node = Node(Enumerable.Repeat("failed", 4).Concat(Enumerable.Repeat("completed", 5)).Append("failed").ToArray());
        await Meet(node, 9);
        Assert.Equal("closed", node.BreakerState);
        await Meet(node, 1);
        Assert.Equal("open", node.BreakerState);
        var refused = await Go(node);
        Assert.Equal((RequestOutcome.Refused, "failure: circuit open", 0), Got(refused));
        Assert.Equal((knobs.CoolDown, (TimeSpan?)knobs.CoolDown), (refused.Last!.RetryAfter, node.ProbeIn));
    }

    [Theory]
    [InlineData(BreakerKind.Ratio)]
    [InlineData(BreakerKind.Consecutive)]
    public async Task What_says_nothing_about_the_node_counts_neither_way(BreakerKind kind)
    {
        string[] neutral = ["busy", "expired", "draining"];
        string[] script = [.. neutral, "failed", .. neutral, "failed", .. neutral];
        var node = Node(script);
        node.Tune(knobs with { HttpBreaker = kind, FailureThreshold = 2, Ratio = new RatioRule(1, 2, TimeSpan.FromSeconds(10)) });
        await Meet(node, 7);
        Assert.Equal("closed", node.BreakerState);
        await Meet(node, 1);
        Assert.Equal("open", node.BreakerState);
    }

    [Theory]
    [InlineData(BreakerKind.Ratio)]
    [InlineData(BreakerKind.Consecutive)]
    public async Task One_probe_closes_it_after_the_cool_down(BreakerKind kind)
    {
        var node = Node("failed", "failed", "busy", "completed");
        node.Tune(knobs with { HttpBreaker = kind, FailureThreshold = 2, Ratio = new RatioRule(1, 2, TimeSpan.FromSeconds(10)) });
        await Meet(node, 2);
        await CoolDown(kind, node);
        await Meet(node, 1);
        Assert.Equal("open", node.BreakerState); // busy has not shown that the node is well
        await CoolDown(kind, node);
        await Meet(node, 1);
        Assert.Equal("closed", node.BreakerState);
    }

    [Fact]
    public async Task A_late_result_from_before_the_trip_does_not_close_it()
    {
        var node = Node(null, "failed", "failed", null);
        node.Tune(knobs with { Ratio = new RatioRule(1, 2, TimeSpan.FromSeconds(10)) });
        var patient = knobs with { MaxRetries = 0, RequestTimeout = TimeSpan.FromMinutes(1), TotalTimeout = TimeSpan.FromMinutes(2) };
        var late = Go(node, patient);
        await Becomes(() => node.Server.Seen.Count == 1);
        await Meet(node, 2);
        time.Advance(knobs.CoolDown);
        var probe = Go(node, patient);
        await Becomes(() => node.Server.Seen.Count == 4);
        node.Server.Answer(0, "completed");
        Assert.Equal(RequestOutcome.Succeeded, (await late).Outcome);
        Assert.Equal("half_open", node.BreakerState);
        node.Server.Answer(3, "completed");
        await probe;
        Assert.Equal("closed", node.BreakerState);
    }

    [Theory]
    [InlineData(BreakerKind.Ratio)]
    [InlineData(BreakerKind.Consecutive)]
    public async Task Threshold_0_is_no_breaker_of_either_kind(BreakerKind kind)
    {
        var node = Node(Enumerable.Repeat("failed", 50).ToArray());
        node.Tune(knobs with { FailureThreshold = 0, HttpBreaker = kind });
        await Meet(node, 50);
        Assert.Equal("closed", node.BreakerState);
    }

    [Fact]
    public async Task Only_a_knob_that_the_breaker_obeys_replaces_it_and_that_counts_as_a_transition()
    {
        var node = Node(Enumerable.Repeat("failed", 20).ToArray());
        await Meet(node, 10);
        node.Tune(knobs with { MaxRetries = 7, FailureThreshold = 99 });
        Assert.Equal("open", node.BreakerState);
        node.Tune(knobs with { Ratio = knobs.Ratio with { Share = 0.9 } });
        Assert.Equal("closed", node.BreakerState);
        node.Tune(knobs with { HttpBreaker = BreakerKind.Consecutive });
        await Meet(node, 5);
        Assert.Equal("open", node.BreakerState);
        await AwaitAssertAsync(() => Assert.Equal(["open", "closed", "closed", "open"], transitions)); // Akka tells it late
        node.Replace();
        Assert.Equal("closed", node.BreakerState);
        Assert.Equal("closed", transitions[^1]);
    }

    [Fact]
    public async Task A_retry_goes_to_another_node_and_an_open_one_is_passed_over()
    {
        var (failing, well) = (Node("failed", "failed"), Node("completed", "completed", "completed"));
        var gateway = Gateway(time, failing, well);
        for (var n = 0; n < 2; n++)
            Assert.Equal(RequestOutcome.Succeeded, (await gateway.Carry(NewCall(knobs))).Outcome);
        Assert.Equal((1, 2), (failing.Server.Seen.Count, well.Server.Seen.Count));
        failing.Tune(knobs with { HttpBreaker = BreakerKind.Consecutive, FailureThreshold = 1 });
        await Meet(failing, 1);
        Assert.Equal((RequestOutcome.Succeeded, "success", 1), Got(await gateway.Carry(NewCall(knobs))));
    }

    [Fact]
    public async Task A_caller_that_goes_away_is_let_go_and_its_attempt_still_counts_for_what_it_was()
    {
        using var gone = new CancellationTokenSource();
        var node = Node(null, "completed");
        var call = Gateway(time, node).Carry(NewCall(knobs) with { CallerGone = gone.Token });
        await Becomes(() => node.Server.Seen.Count == 1);
        await gone.CancelAsync();
        Assert.Equal(RequestOutcome.CallerGone, (await call).Outcome);
        node.Server.Answer(0, "failed");
        await Becomes(() => node.Ledger.Counts().Failed == 1);
        Assert.Single(node.Server.Seen); // nobody is left to retry for
    }

    [Fact]
    public async Task Requests_in_flight_end_under_the_pipeline_they_began_with()
    {
        var node = Node(null, "failed", "failed", "failed");
        var gateway = Gateway(time, node);
        var first = gateway.Carry(NewCall(knobs with { MaxRetries = 1 }));
        await Becomes(() => node.Server.Seen.Count == 1);
        Assert.Equal(1, (await gateway.Carry(NewCall(knobs with { MaxRetries = 0 }))).Attempts);
        node.Server.Answer(0, "failed");
        Assert.Equal(2, (await first).Attempts);
    }

    [Fact]
    public async Task The_standard_pipeline_knows_nothing_of_our_knobs()
    {
        var standard = knobs with { Pipeline = PipelineKind.Standard, MaxRetries = 0 };
        var node = Node("busy", "failed", "failed", "failed");
        node.Tune(standard);
        var going = Go(node, standard);
        for (var n = 1; n <= 4; n++)
            await PassTime(until: () => node.Server.Seen.Count >= n, TimeSpan.FromSeconds(20), by: TimeSpan.FromSeconds(1));
        Assert.Equal((RequestOutcome.Failed, "failure: all retries failed: upstream 500", 4), Got(await going));
    }

    [Fact]
    public async Task No_pipeline_is_one_attempt_without_breaker_and_deadline()
    {
        var none = knobs with { Pipeline = PipelineKind.None };
        var node = Node(Enumerable.Repeat("failed", 30).ToArray());
        node.Tune(none);
        for (var n = 0; n < 30; n++)
            Assert.Equal((RequestOutcome.Failed, "failure: upstream 500", 1), Got(await Go(node, none)));
        Assert.Equal("closed", node.BreakerState);
        Assert.All(node.Server.Seen, request => Assert.Equal("-", Header(request, "X-Budget-Ms")));
    }

    [Fact]
    public async Task No_pipeline_has_the_time_limit_of_HttpClient()
    {
        var none = knobs with { Pipeline = PipelineKind.None };
        using var server = new ScriptedServer([null]);
        using var clients = new HttpClients(server);
        var client = Assert.IsType<HttpClient>(clients.For(PipelineKind.None));
        Assert.Equal((client.Timeout, client.Timeout), (ShippedPipelines.InEffect(none).RequestTimeout, ShippedPipelines.InEffect(none).TotalTimeout));
        client.Timeout = TimeSpan.FromMilliseconds(20); // HttpClient's clock is not moved by hand
        var node = NewNode(new Uri("http://127.0.0.1:1"), clients);
        node.Tune(none);
        Assert.Equal((RequestOutcome.TimedOut, "failure: timeout", 1), Got(await Gateway(time, node).Carry(NewCall(none))));
    }

    [Fact]
    public async Task Each_attempt_is_traced_with_the_state_after_it()
    {
        var node = Node("failed", "failed");
        node.Tune(knobs with { HttpBreaker = BreakerKind.Consecutive, FailureThreshold = 2 });
        var result = await Go(node);
        Assert.Equal(["upstream 500", "upstream 500"], result.Trace.Select(attempt => attempt.Outcome));
        Assert.Equal(["closed", "open"], result.Trace.Select(attempt => attempt.BreakerState));
        Assert.Equal([3, 3], result.Trace.Select(attempt => attempt.Worker));
        Assert.Equal(["error", "error"], result.Trace.Select(attempt => attempt.Fault));
    }

    [Fact]
    public async Task More_than_may_be_in_flight_and_all_once_closed_are_refused()
    {
        var node = Node((string?)null);
        var gateway = Gateway(time, node);
        var first = gateway.Carry(NewCall(knobs with { MaxInFlight = 1, MaxRetries = 0 }));
        var second = await gateway.Carry(NewCall(knobs with { MaxInFlight = 1 }));
        Assert.Equal((RequestOutcome.Refused, "failure: too many requests in flight", 0), Got(second));
        gateway.Close();
        Assert.Equal("failure: shutting down", (await gateway.Carry(NewCall(knobs))).Note);
        node.Server.Answer(0, "bug");
        Assert.Equal((RequestOutcome.Failed, "failure: gateway error", 0), Got(await first));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(20, "")]
    [InlineData(40, "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{")]
    [InlineData(40, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{")]
    [InlineData(40, "220 smtp.example ESMTP\r\n")]
    public async Task Of_attempts_at_a_peer_that_resets_its_connections_none_stays_in_flight(int reads, string says)
    {
        const int AtOnce = 50, Rounds = 20;
        await using var peer = new ResettingPeer(reads, says);
        var node = NewNode(peer.Url, HttpClients.New());
        var once = knobs with { MaxRetries = 0, FailureThreshold = 0, RequestTimeout = TimeSpan.FromMinutes(1) };
        node.Tune(once);
        var real = Gateway(TimeProvider.System, node);
        for (var round = 0; round < Rounds; round++)
            Assert.All(await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => real.Carry(NewCall(once)))),
                result => Assert.Equal((RequestOutcome.Failed, "failure: connection lost", 1), Got(result)));
        var counts = node.Ledger.Counts();
        Assert.Equal((AtOnce * Rounds, AtOnce * Rounds, 0), (counts.Sent, counts.GoneWithNode, counts.InFlight));
    }

    [Theory]
    [MemberData(nameof(CallPathSpecs.Unsendable), MemberType = typeof(CallPathSpecs))]
    public async Task What_cannot_be_sent_is_known_before_it_is_sent_and_counts_for_nobody(string id, string? traceParent)
    {
        var node = Node();
        node.Tune(knobs with { Ratio = new RatioRule(0.1, 2, TimeSpan.FromSeconds(10)) });
        var gateway = Gateway(time, node);
        for (var n = 0; n < 4; n++)
            Assert.Equal((RequestOutcome.Failed, "failure: gateway error", 0),
                Got(await gateway.Carry(NewCall(knobs) with { Id = id, TraceParent = traceParent })));
        Assert.Equal(("closed", 0), (node.BreakerState, Counts(node, counts => counts.Sent)));
        Assert.Empty(node.Server.Seen);
    }

    [Fact]
    public async Task An_attempt_whose_connection_breaks_is_one_request_on_the_wire()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var requests = 0;
        var serving = Serve();
        var node = NewNode(new Uri($"http://{listener.LocalEndpoint}"), HttpClients.New());
        node.Tune(knobs);
        var gateway = Gateway(time, node);
        Assert.Equal("success", (await gateway.Carry(NewCall(knobs))).Note); // so that the next one finds a connection that is open
        Assert.Equal("failure: connection lost", (await gateway.Carry(NewCall(knobs with { MaxRetries = 0 }))).Note);
        Assert.Equal((2, 2), (Volatile.Read(ref requests), node.Ledger.Counts().Sent));
        listener.Stop();
        await serving;

        async Task Serve()
        {
            try
            {
                while (true)
                    await Answer(await listener.AcceptSocketAsync());
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException) // it no longer listens
            {
            }
        }

        // The first request of the first connection is answered; every other one meets a closed door.
        async Task Answer(Socket socket)
        {
            using var _ = socket;
            using var lines = new StreamReader(new NetworkStream(socket));
            while (await lines.ReadLineAsync() is { } line)
            {
                if (line != "") continue; // a request may come in several reads: it is whole at its empty line
                if (Interlocked.Increment(ref requests) > 1) return;
                await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray());
            }
        }
    }

    async Task Meet(ScriptedNode node, int times)
    {
        for (var n = 0; n < times; n++)
            await Go(node, knobs with { MaxRetries = 0 });
    }

    async Task CoolDown(BreakerKind kind, ScriptedNode node)
    {
        time.Advance(knobs.CoolDown);
        if (kind == BreakerKind.Ratio) return; // Polly's turns half open with the probe
        ((TestScheduler)Sys.Scheduler).Advance(knobs.CoolDown);
        await Becomes(() => node.BreakerState == "half_open");
    }

    // Lets time pass once the fact is there, again and again, because timers are set a moment after it.
    async Task PassTime(Func<bool> until, TimeSpan span, TimeSpan? by = null)
    {
        if (by is null)
        {
            await Becomes(() => until());
            time.Advance(span);
            return;
        }
        await Becomes(() =>
        {
            if (until()) return true;
            time.Advance(by.Value);
            return false;
        });
    }

    Task<CallResult> Go(ScriptedNode node, GatewayKnobs? with = null, string? traceParent = null) =>
        Gateway(time, node).Carry(NewCall(with ?? knobs) with { TraceParent = traceParent });

    static HttpGateway Gateway(TimeProvider time, params HttpNode[] nodes) => Gateway(time, Pauses.None, nodes);

    static HttpGateway Gateway(TimeProvider time, PauseMeter pauses, params HttpNode[] nodes) =>
        new(new HttpCallPath(new(nodes), time, new RetryBudget(), pauses), NullLogger<HttpGateway>.Instance);

    static Call NewCall(GatewayKnobs with) => new("42-1", null, with, default);

    ScriptedNode Node(params string?[] answers)
    {
        var server = new ScriptedServer(answers);
        var node = NewNode(new Uri("http://127.0.0.1:1"), new HttpClients(server));
        node.Tune(knobs);
        return new ScriptedNode(server, node);
    }

    HttpNode NewNode(Uri url, HttpClients clients) => new(url, clients, NewBreaker(), new HttpLedger(), NewMetrics());

    HttpBreaker NewBreaker() => new(Sys.Scheduler, time, to =>
    {
        lock (transitions) transitions.Add(to);
    });

    static string Header(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "-";

    static NodeMetrics NewMetrics() =>
        new(new UpstreamMetrics(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry())), "http", "node");

    static T Counts<T>(ScriptedNode node, Func<AttemptCounts, T> what)
    {
        var counts = node.Ledger.Counts();
        Assert.Equal(counts.Sent, counts.Refused + counts.Expired + counts.Completed + counts.Failed + counts.Crashed
            + counts.Hung + counts.GoneWithNode + counts.Lost + counts.Unsent + counts.InFlight);
        return what(counts);
    }

    static (RequestOutcome, string, int) Got(CallResult result) => (result.Outcome, result.Note, result.Attempts);
}

/// <summary>Time moved by hand that knows which spans are waited for: who moves it too early would wait for ever.</summary>
sealed class WatchedTime : FakeTimeProvider
{
    readonly List<TimeSpan> waits = [];

    public TimeSpan? PassesAtNextTimer { get; set; }

    public bool IsWaitedFor(TimeSpan span)
    {
        lock (waits) return waits.Contains(span);
    }

    public override System.Threading.ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (waits) waits.Add(dueTime);
        if (PassesAtNextTimer is { } span)
        {
            PassesAtNextTimer = null;
            Advance(span);
        }
        return timer;
    }
}
