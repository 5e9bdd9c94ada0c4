using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>The breaker in front of a ServiceB that gets sick and well again.</summary>
public sealed class BreakerSpecs(ITestOutputHelper screen)
{
    const int Callers = 20;

    [Fact]
    public async Task Trips_lets_exactly_one_probe_through_and_closes_again()
    {
        using var pair = new Pair(screen, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "0"), ("MAX_LATENCY_MS", "0"),
            ("MAX_RETRIES", "0"), ("FAILURE_THRESHOLD", "3"), ("COOL_DOWN_SECONDS", "0.5"), ("REQUEST_TIMEOUT_S", "20"),
            ("TOTAL_TIMEOUT_S", "20"));
        await pair.StartBoth();
        var a = pair.ClientA;

        await IsTripped(a);
        await IsProbedOnce(a, pair.ClientB);
        await Until.Fact("closed", () => a.Metric("tiny_breaker_transitions_total", "to=\"closed\""), count => count == 1);
        Assert.Equal(1, await a.Metric("tiny_breaker_state", "lane=\"actor\"", "state=\"closed\""));
        Assert.Equal("Healthy", $"{(await a.Get("/health")).Json["status"]}");
        Assert.Equal("closed", $"{(await a.Process("last")).Json["breaker_state"]}");
    }

    static async Task IsTripped(Client a)
    {
        await a.Patch("""{"FAILURE_RATE":1}""");
        for (var n = 1; n <= 3; n++)
        {
            Assert.Equal(0, await a.Metric("tiny_breaker_transitions_total", "to=\"open\""));
            Assert.Equal((502, "failure: upstream 500"), await StatusAndNote(a, $"failing-{n}"));
        }
        await Until.Fact("open", () => a.Metric("tiny_breaker_transitions_total", "to=\"open\""), count => count == 1);
        // A machine that is busy elsewhere may pass the cool-down before the next request: then that was a probe.
        var refused = await Until.Fact("the breaker refuses", () => a.Process("refused"), answer => answer.Status == 503);
        Assert.Equal(("failure: circuit open", 0, "1"), (refused.Note, refused.Attempts, refused.RetryAfter));
        var health = await a.Get("/health");
        Assert.Equal((200, "Degraded"), (health.Status, $"{health.Json["status"]}"));
    }

    static async Task IsProbedOnce(Client a, Client b)
    {
        await a.Patch("""{"FAILURE_RATE":0,"BASE_LATENCY_MS":4000}""");
        await Until.Fact("half open", () => a.Metric("tiny_breaker_state", "state=\"half_open\""), value => value == 1);
        var before = (await b.Ledger("attempts")).Of("received");
        var answers = await Task.WhenAll(Enumerable.Range(1, Callers).Select(n => a.Process($"probing-{n}")));

        var probe = Assert.Single(answers, answer => answer.Attempts == 1);
        Assert.Equal(200, probe.Status);
        Assert.All(answers.Except([probe]), answer => Assert.Equal("failure: circuit open", answer.Note));
        Assert.Equal(before + 1, (await b.Ledger("attempts")).Of("received"));
        await a.Patch("""{"BASE_LATENCY_MS":0}""");
    }

    static async Task<(int, string)> StatusAndNote(Client a, string id)
    {
        var answer = await a.Process(id);
        return (answer.Status, answer.Note);
    }
}
