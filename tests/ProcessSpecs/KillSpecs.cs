using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>ServiceB dies without a word while requests are under way, and is started again.</summary>
public sealed class KillSpecs(ITestOutputHelper screen)
{
    [PosixFact]
    public async Task Every_request_is_answered_and_the_ledgers_balance_when_service_b_is_killed_and_started_again()
    {
        using var pair = new Pair(screen, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "300"), ("MAX_LATENCY_MS", "0"),
            ("COOL_DOWN_SECONDS", "0.5"));
        await pair.StartBoth();
        var load = new Load(pair.ClientA);
        await load.MoreSuccesses(20);

        await Books.LongWork(pair.ClientB);
        pair.B.Send(Signal.Kill);
        await load.Saw("refused at once", answer =>
            answer is { Status: 503, RetryAfter: not null, Note: "failure: service-b unavailable", Attempts: 0 });
        var readiness = await Pair.Readiness(pair.ClientA, 503);
        Assert.Contains($"not connected to service-b at 127.0.0.1:{pair.RemoteB}", readiness.Text, StringComparison.Ordinal);

        pair.StartB();
        await load.MoreSuccesses(20);
        var sent = await load.End();

        Assert.Equal(sent, load.Answers.Count);
        Assert.DoesNotContain(load.Answers, answer => answer.Status == 0);
        Assert.Contains(load.Answers, answer => answer.Note == "failure: all retries failed: connection lost");
        await Balance(pair, load, sent);
    }

    static async Task Balance(Pair pair, Load load, int sent)
    {
        var requests = await Books.Requests(pair.ClientA);
        Assert.Equal(sent, requests.Of("sent"));
        Assert.Equal(load.Succeeded, requests.Of("succeeded"));

        var attempts = await Books.Attempts(pair.ClientA);
        Assert.Equal(load.Answers.Sum(answer => answer.Attempts), attempts.Of("sent"));
        Assert.True(attempts.Of("gone_with_node") > 0, $"{attempts}");

        // What the new ServiceB knows is what the old one cannot have taken with it.
        var work = await Books.Work(pair.ClientB);
        Assert.InRange(work.Of("received"), 20, attempts.Of("sent") - attempts.Of("gone_with_node"));
        Assert.InRange(work.Of("completed"), 20, attempts.Of("completed"));
    }
}
