using System.Text.Json.Nodes;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>Knobs are turned while both services run.</summary>
public sealed class KnobSpecs(RunningPair running, ITestOutputHelper screen) : RunningPairSpecs(running, screen)
{
    [Fact]
    public async Task A_patch_on_service_a_reaches_service_b()
    {
        Assert.Equal(200, (await A.Patch("""{"FAILURE_RATE":1,"MAX_RETRIES":0}""")).Status);

        Assert.Equal(1, (double)await B.Knob("FAILURE_RATE"));
        Assert.Equal("failure: upstream 500", (await A.Process("1")).Note);
    }

    [Theory]
    [InlineData("FAILURE_RATE", """{"MAX_RETRIES":0,"BASE_LATENCY_MS":5,"FAILURE_RATE":1.5}""")]
    [InlineData("MAX_RETRIES", """{"FAILURE_RATE":0.5,"MAX_RETRIES":11}""")]
    [InlineData("FAILURE_RAT", """{"FAILURE_RAT":0.5,"MAX_RETRIES":0}""")]
    [InlineData("JITTER", """{"FAILURE_RATE":0.5,"JITTER":"some"}""")]
    public async Task One_bad_knob_of_several_is_named_and_nothing_changes(string bad, string patch)
    {
        var before = await Everything();

        var answer = await A.Patch(patch);

        Assert.Equal(400, answer.Status);
        Assert.True(answer.IsProblem);
        Assert.Equal([bad], answer.Json["errors"]!.AsObject().Select(error => error.Key));
        Assert.Equal(before, await Everything());
    }

    [Fact]
    public async Task Reset_returns_knobs_ledgers_and_breaker_of_both_to_their_start()
    {
        var before = await Everything();
        await A.Patch("""{"FAILURE_RATE":1,"MAX_RETRIES":0,"FAILURE_THRESHOLD":1,"COOL_DOWN_SECONDS":600}""");
        await A.Process("1");
        await Until.Fact("the breaker is open", () => A.Process("2"), answer => answer.Note == "failure: circuit open");

        Assert.Equal(204, (await A.Post("/reset")).Status);

        Assert.Equal(before, await Everything());
        Assert.Equal(0, (await A.Ledger("requests")).Of("sent") + (await A.Ledger("attempts")).Of("sent"));
        Assert.Equal(0, (await B.Ledger("attempts")).Of("received"));
        Assert.Equal(200, (await A.Process("3")).Status);
    }

    async Task<string> Everything() => $"{Values(await A.Get("/knobs"))}\n{Values(await B.Get("/knobs"))}";

    static string Values(Answer knobs) =>
        string.Join(' ', knobs.Json.AsObject().Select(knob => $"{knob.Key}={((JsonObject)knob.Value!)["value"]}"));
}
