using System.Text.Json.Nodes;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>Faults are set while both services run, on ServiceA for ServiceB.</summary>
public sealed class FaultSpecs(RunningPair running, ITestOutputHelper screen) : RunningPairSpecs(running, screen)
{
    [Fact]
    public async Task A_put_on_service_a_reaches_service_b_and_the_trace_names_the_fault()
    {
        var put = await Put(A, """[{"kind":"outage"}]""");
        Assert.Equal((200, put.Text), (put.Status, (await B.Get("/faults")).Text));
        Assert.Equal(put.Text, (await A.Get("/faults")).Text);

        var answer = await A.Get("/process?trace=1");
        Assert.Equal("failure: all retries failed: upstream 500", answer.Note);
        Assert.All(answer.Json["trace"]!.AsArray(), attempt => Assert.Equal("outage", (string?)attempt!["fault"]));
        Assert.Equal("outage", (string?)(await B.Get("/state")).Json["faults"]![0]!["kind"]);

        Assert.Equal(200, (await Put(A, "[]")).Status);
        Assert.Equal("success", (await A.Process("1")).Note);
    }

    [Theory]
    [InlineData("""[{"kind":"outage"},{"kind":"corrupt","probability":2}]""", "[1].probability")]
    [InlineData("""[{"kind":"outages"}]""", "[0].kind")]
    [InlineData("""{"kind":"outage"}""", "body")]
    public async Task A_bad_put_is_named_and_changes_nothing(string body, string bad)
    {
        var before = await Put(A, """[{"kind":"slow","median_ms":1}]""");
        foreach (var service in (Client[])[A, B])
        {
            var answer = await Put(service, body);
            Assert.Equal((400, true), (answer.Status, answer.IsProblem));
            Assert.Equal([bad], answer.Json["errors"]!.AsObject().Select(error => error.Key));
        }
        Assert.Equal(before.Text, (await B.Get("/faults")).Text);
    }

    [Theory]
    [InlineData("actor", "restart")]
    [InlineData("actor", "resume")]
    [InlineData("actor", "fresh")]
    [InlineData("http", "restart")]
    [InlineData("http", "resume")]
    [InlineData("http", "fresh")]
    public async Task Corrupt_workers_that_are_restarted_keep_succeeding_and_those_that_live_on_decay(
        string lane, string supervision)
    {
        await A.Patch($$"""{"SEED":42,"WORKERS":2,"MAX_RETRIES":0,"FAILURE_THRESHOLD":0}""");
        await A.Patch($$"""{"{{lane.ToUpperInvariant()}}_SUPERVISION":"{{supervision}}"}""");
        await Put(A, """[{"kind":"corrupt","probability":0.1}]""");

        var client = lane == "actor" ? A : B; // ServiceB's own endpoint asks its pool http
        var succeeded = new List<bool>();
        for (var n = 1; n <= 200; n++)
            succeeded.Add((await client.Process($"42-{n}")).Status == 200);

        var (all, late) = (succeeded.Count(one => one), succeeded.Skip(150).Count(one => one));
        var workers = (await B.Get("/state")).Json["lanes"]![lane]!["workers"]!.AsArray();
        switch (supervision)
        {
            case "restart": // each corruption costs one request
                Assert.InRange(all, 160, 199);
                Assert.InRange(late, 35, 50);
                break;
            case "resume":
                Assert.InRange(all, 2, 100);
                Assert.Equal(0, late);
                Assert.All(workers, worker => Assert.Equal("corrupt", (string?)worker!["state"]));
                break;
            default:
                Assert.Equal(200, all);
                break;
        }
        Assert.Equal(all, (await Lane(lane, "attempts")).Of("completed"));
        Assert.Equal(all, (await Lane(lane, "effects")).Of("unique"));
    }

    [Fact]
    public async Task Reset_clears_the_faults_and_makes_every_worker_well()
    {
        await A.Patch("""{"ACTOR_SUPERVISION":"resume","WORKERS":2,"MAX_RETRIES":0,"FAILURE_THRESHOLD":0}""");
        await Put(A, """[{"kind":"corrupt"}]""");
        for (var n = 1; n <= 4; n++)
            await A.Process($"{n}");
        Assert.Equal(2, await B.Metric("tiny_workers", "actor", "corrupt"));

        Assert.Equal(204, (await A.Post("/reset")).Status);

        Assert.Equal("[]", (await B.Get("/faults")).Text);
        Assert.Equal("success", (await A.Process("5")).Note);
        Assert.Equal(0, await B.Metric("tiny_workers", "corrupt"));
    }

    [Fact]
    public async Task A_lost_answer_is_done_twice_by_a_retry_unless_idempotency_is_on()
    {
        const string lossy = """[{"kind":"ack_lost"}]""";
        await A.Patch("""{"MAX_RETRIES":1,"REQUEST_TIMEOUT_S":0.2,"FAILURE_THRESHOLD":0}""");
        await Put(A, lossy);
        Assert.Equal(504, (await A.Process("1")).Status);
        Assert.Equal((1, 1), await Effects());

        await A.Patch("""{"IDEMPOTENCY":true}""");
        Assert.Equal("success", (await A.Process("2")).Note);
        Assert.Equal((2, 1), await Effects());
        Assert.Equal((3, 1), ((await Lane("actor", "attempts")).Of("wasted"), (await Lane("actor", "attempts")).Of("repeated")));
    }

    async Task<(double, double)> Effects()
    {
        var effects = await Lane("actor", "effects");
        return (effects.Of("unique"), effects.Of("duplicate"));
    }

    async Task<JsonObject> Lane(string lane, string part) => (await B.Get("/ledger")).Json["lanes"]![lane]![part]!.AsObject();

    static Task<Answer> Put(Client service, string faults) => service.Send(HttpMethod.Put, "/faults", faults);
}
