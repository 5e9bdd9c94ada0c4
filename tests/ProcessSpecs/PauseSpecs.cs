using System.Text.Json.Nodes;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>A service stands still, as a paused container does, and goes on.</summary>
[Collection(Collections.Beside)]
public sealed class PauseSpecs(ITestOutputHelper screen)
{
    static readonly TimeSpan longerThanEveryDetector = TimeSpan.FromSeconds(15);
    static readonly TimeSpan longerThanEveryDeadline = TimeSpan.FromSeconds(9); // of 3 s, and 5 s more

    [PosixFact]
    public async Task Work_that_grew_stale_in_a_short_pause_is_dropped_and_counted()
    {
        using var pair = new Pair(screen, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "50"), ("MAX_LATENCY_MS", "0"),
            ("REQUEST_TIMEOUT_S", "0.3"), ("MAX_RETRIES", "0"), ("FAILURE_THRESHOLD", "0"));
        await pair.StartBoth();
        var load = new Load(pair.ClientA);
        await load.MoreSuccesses(20);

        // On a busy machine the pause may last until the connection is given up: then that was no short pause
        for (var pauses = 0; pauses < 10 && (await pair.ClientB.Ledger("attempts")).Of("expired") == 0; pauses++)
        {
            var before = GaveUp(load);
            pair.B.Send(Signal.Pause);
            await Until.Fact("some have given up", () => GaveUp(load) >= before + 3);
            pair.B.Send(Signal.Resume);
            await load.MoreSuccesses(20);
        }
        var sent = await load.End();

        // All that gave up while ServiceB stood still, but for the few that its workers had begun before.
        var (attempts, work) = await Balance(pair, load, sent);
        Assert.True(work.Of("expired") > 0, $"{work}");
        if (attempts.Of("gone_with_node") == 0)
            Assert.Equal(
                (work.Of("received"), work.Of("expired"), work.Of("completed")),
                (attempts.Of("sent"), attempts.Of("expired"), attempts.Of("completed")));
    }

    [PosixFact]
    public async Task Service_b_is_found_again_after_a_long_pause_and_nobody_is_quarantined()
    {
        using var pair = new Pair(screen, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "400"), ("MAX_LATENCY_MS", "0"),
            ("COOL_DOWN_SECONDS", "0.5"));
        await pair.StartBoth();
        var load = new Load(pair.ClientA);
        await load.MoreSuccesses(20);

        pair.B.Send(Signal.Pause);
        await Task.Delay(longerThanEveryDetector, TimeProvider.System);
        await load.Saw("timed out", answer => answer.Note == "failure: all retries failed: timeout");
        await load.Saw("refused", answer => answer.Note == "failure: service-b unavailable");
        pair.B.Send(Signal.Resume);
        await load.MoreSuccesses(50);
        var sent = await load.End();

        // By then both sides have given the connection up: what was on it is gone, and counted as that, or is recognised as stale.
        var (attempts, work) = await Balance(pair, load, sent);
        Assert.True(work.Of("expired") + attempts.Of("gone_with_node") > 0, $"{attempts}");
        Assert.Equal(0, work.Of("hung")); // the pause is no fault of the work that was under way
        Assert.InRange((double)(await pair.ClientB.Get("/state")).Json["longest_pause_ms"]!, longerThanEveryDetector.TotalMilliseconds - 1_000, double.MaxValue);
        Assert.DoesNotContain("quarantine", pair.A.Output + pair.B.Output, StringComparison.OrdinalIgnoreCase);
    }

    [PosixFact]
    public async Task What_ran_out_while_service_a_stood_still_is_a_timeout_and_holds_nothing_against_service_b()
    {
        using var pair = new Pair(screen, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "200"), ("MAX_LATENCY_MS", "0"),
            ("REQUEST_TIMEOUT_S", "3"), ("TOTAL_TIMEOUT_S", "3"), ("FAILURE_THRESHOLD", "2"), ("BREAKER_MIN_CALLS", "2"),
            ("BREAKER_RATIO", "0.01"));
        await pair.StartBoth();
        Load[] loads = [new(pair.ClientA), new(pair.ClientA, "http")];
        await Task.WhenAll(loads.Select(load => load.MoreSuccesses(20)));

        pair.A.Send(Signal.Pause);
        await Task.Delay(longerThanEveryDeadline, TimeProvider.System);
        pair.A.Send(Signal.Resume);
        await Task.WhenAll(loads.Select(load => load.MoreSuccesses(50)));
        var sent = await Task.WhenAll(loads.Select(load => load.End()));

        await Balance(pair, loads[0], sent[0]);
        await Balance(pair, loads[1], sent[1], "http");
        foreach (var answer in loads.SelectMany(load => load.Answers))
            Assert.False(answer.Status is 500 || answer.Note == "failure: circuit open", $"{answer}");
        Assert.DoesNotContain("breaker of", pair.A.Output, StringComparison.Ordinal);
        await Until.Fact("told", () => pair.A.Output.Contains("service-a stood still for ", StringComparison.Ordinal));
        Assert.Contains((await pair.ClientA.Get("/state")).Json["stood_still"]!.AsArray(),
            still => (double)still!["for_ms"]! > longerThanEveryDeadline.TotalMilliseconds - 1_000);
    }

    [PosixFact]
    public async Task A_service_b_that_hangs_opens_the_breaker_although_service_a_stood_still()
    {
        using var pair = new Pair(screen, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "0"), ("MAX_LATENCY_MS", "0"),
            ("REQUEST_TIMEOUT_S", "0.5"));
        await pair.StartBoth();
        Load[] loads = [new(pair.ClientA), new(pair.ClientA, "http")];
        await Task.WhenAll(loads.Select(load => load.MoreSuccesses(20)));

        pair.A.Send(Signal.Pause);
        Assert.Equal(200, (await pair.ClientB.Patch("""{"BASE_LATENCY_MS": 5000}""")).Status);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        pair.A.Send(Signal.Resume);
        await Task.WhenAll(loads.Select(load => load.Saw("refused", answer => answer.Note == "failure: circuit open")));
        foreach (var load in loads)
            await load.End();
    }

    static int GaveUp(Load load) => load.Answers.Count(answer => answer.Note == "failure: timeout");

    static async Task<(JsonObject Attempts, JsonObject Work)> Balance(
        Pair pair, Load load, int sent, string lane = "actor")
    {
        Assert.Equal(sent, load.Answers.Count);
        Assert.DoesNotContain(load.Answers, answer => answer.Status == 0);
        Assert.Equal(sent, (await Books.Requests(pair.ClientA, lane)).Of("sent"));
        var attempts = await Books.Attempts(pair.ClientA, lane);
        Assert.Equal(load.Answers.Sum(answer => answer.Attempts), attempts.Of("sent"));
        var work = await Books.Work(pair.ClientB, lane);
        Assert.True(work.Of("completed") >= load.Succeeded, $"{work}");
        return (attempts, work);
    }
}
