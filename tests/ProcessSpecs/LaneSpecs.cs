using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>Both lanes of one pair: the same faults, the same policies, the same books.</summary>
public sealed class LaneSpecs(ITestOutputHelper screen)
{
    const int Requests = 300, AtATime = 16;
    static readonly string[] lanes = ["actor", "http"];

    [Fact]
    public async Task Both_lanes_give_every_id_the_same_end_after_the_same_attempts_and_both_services_agree()
    {
        using var pair = new Pair(screen, ("SEED", "42"), ("FAILURE_RATE", "0.5"), ("FAILURE_THRESHOLD", "0"),
            ("BASE_LATENCY_MS", "0"), ("MAX_LATENCY_MS", "4"), ("BACKOFF_BASE_MS", "2"), ("REQUEST_TIMEOUT_S", "20"),
            ("TOTAL_TIMEOUT_S", "60"));
        await pair.StartBoth();

        var actor = await Run(pair.ClientA, "actor");
        var http = await Run(pair.ClientA, "http");

        Assert.Equal(actor, http);
        Assert.Contains(actor.Values, one => one is { Status: 502, Attempts: 3 });
        foreach (var lane in lanes)
        {
            var attempts = await Books.Attempts(pair.ClientA, lane);
            var work = await Books.Work(pair.ClientB, lane);
            Assert.Equal(actor.Values.Sum(one => one.Attempts), attempts.Of("sent"));
            Assert.Equal((attempts.Of("sent"), attempts.Of("completed"), attempts.Of("failed")),
                (work.Of("received"), work.Of("completed"), work.Of("failed")));
            Assert.Equal(Requests, (await Books.Requests(pair.ClientA, lane)).Of("sent"));
        }
    }

    [PosixFact]
    public async Task Lane_http_answers_every_request_and_its_ledgers_balance_when_service_b_is_killed_and_started_again()
    {
        using var pair = new Pair(screen, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "300"), ("MAX_LATENCY_MS", "0"),
            ("COOL_DOWN_SECONDS", "0.5"));
        await pair.StartBoth();
        var load = new Load(pair.ClientA, "http");
        await load.MoreSuccesses(20);

        await Books.LongWork(pair.ClientB, "http");
        pair.B.Send(Signal.Kill);
        await load.Saw("connection lost", answer => answer is { Status: 502, Note: "failure: all retries failed: connection lost" });
        await load.Saw("the breaker refuses", answer => answer is { Status: 503, RetryAfter: not null, Note: "failure: circuit open" });

        pair.StartB();
        await load.MoreSuccesses(20);
        var sent = await load.End();

        Assert.Equal(sent, load.Answers.Count);
        Assert.DoesNotContain(load.Answers, answer => answer.Status == 0);
        var requests = await Books.Requests(pair.ClientA, "http");
        Assert.Equal((sent, load.Succeeded), (requests.Of("sent"), requests.Of("succeeded")));
        var attempts = await Books.Attempts(pair.ClientA, "http");
        Assert.Equal(load.Answers.Sum(answer => answer.Attempts), attempts.Of("sent"));
        Assert.True(attempts.Of("gone_with_node") > 0, $"{attempts}");
    }

    [Fact]
    public async Task A_knob_with_a_prefix_holds_in_one_lane_alone_live_and_from_the_environment()
    {
        using var pair = new Pair(screen, ("FAILURE_RATE", "1"), ("BASE_LATENCY_MS", "0"), ("MAX_LATENCY_MS", "0"),
            ("BACKOFF_BASE_MS", "0"), ("FAILURE_THRESHOLD", "0"), ("HTTP_MAX_RETRIES", "0"));
        await pair.StartBoth();
        var a = pair.ClientA;
        Assert.Equal((3, 1), await Attempts());

        await a.Patch("""{"HTTP_MAX_RETRIES":1,"ACTOR_MAX_RETRIES":4}""");
        Assert.Equal((5, 2), await Attempts());
        await a.Patch("""{"HTTP_MAX_RETRIES":null,"ACTOR_MAX_RETRIES":""}""");
        Assert.Equal((3, 3), await Attempts());
        await a.Reset();
        Assert.Equal((3, 1), await Attempts());

        async Task<(int, int)> Attempts() => ((await a.Process("1")).Attempts, (await a.Process("1", "http")).Attempts);
    }

    [Fact]
    public async Task The_breakers_of_the_lanes_are_their_own()
    {
        using var pair = new Pair(screen, ("FAILURE_RATE", "1"), ("BASE_LATENCY_MS", "0"), ("MAX_LATENCY_MS", "0"),
            ("MAX_RETRIES", "0"), ("BREAKER_MIN_CALLS", "2"), ("COOL_DOWN_SECONDS", "600"));
        await pair.StartBoth();
        for (var n = 0; n < 2; n++)
            Assert.Equal("failure: upstream 500", (await pair.ClientA.Process("1", "http")).Note);
        Assert.Equal("failure: circuit open", (await pair.ClientA.Process("1", "http")).Note);
        Assert.Equal("failure: upstream 500", (await pair.ClientA.Process("1")).Note);
        Assert.Equal("Degraded", $"{(await pair.ClientA.Get("/health")).Json["status"]}");

        await pair.ClientA.Reset();
        Assert.Equal("failure: upstream 500", (await pair.ClientA.Process("1", "http")).Note);
    }

    static async Task<SortedDictionary<int, (int Status, int Attempts)>> Run(Client client, string lane)
    {
        var outcomes = new SortedDictionary<int, (int, int)>();
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = AtATime,
        };
        await Parallel.ForEachAsync(Enumerable.Range(1, Requests), options, async (number, _) =>
        {
            var answer = await client.Process($"42-{number}", lane);
            lock (outcomes)
                outcomes[number] = (answer.Status, answer.Attempts);
        });
        return outcomes;
    }
}
