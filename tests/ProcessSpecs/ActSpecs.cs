using System.Text.Json.Nodes;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>Acts on the stage of <c>tiny up</c>, and the recording of it, replayed when everything else is gone.</summary>
public sealed class ActSpecs : IAsyncLifetime
{
    const string Arm = "answered, 2 retries";

    readonly int portBase = Ports.Free(5), replayBase = Ports.Free(5);
    readonly string file = Path.Combine(Path.GetTempPath(), $"tiny-act-{Guid.NewGuid():N}.jsonl.gz");
    readonly ITestOutputHelper screen;
    readonly Client a, stage, replayed;
    readonly RunningProgram lab;

    public ActSpecs(ITestOutputHelper screen)
    {
        this.screen = screen;
        (a, stage, replayed) = (new(portBase), new(portBase + 4), new(replayBase + 4));
        lab = RunningProgram.Start("Lab", ["up", "--record", file, "--port-base", $"{portBase}"], []);
    }

    public Task InitializeAsync() => stage.InContact();

    public Task DisposeAsync()
    {
        lab.Dispose();
        screen.WriteLine($"{lab}");
        foreach (var client in (Client[])[a, stage, replayed])
            client.Dispose();
        File.Delete(file);
        return Task.CompletedTask;
    }

    async Task Begin()
    {
        Assert.Equal(204, (await Act(Arm)).Status);
        await stage.Frame("the arm is measured", frame => frame["act"] is { } act && (double)act["elapsed_s"]! > 1);
    }

    async Task<JsonArray> Ended()
    {
        await stage.Frame("it has ended", frame => frame["act"] is null && (int)frame["arms"]! == 2);
        return (await stage.Get("/history")).Json["arms"]!.AsArray();
    }

    [PosixFact]
    public async Task An_arm_is_run_and_kept_and_a_recording_that_was_cut_off_shows_it_without_any_service()
    {
        await Begin();
        Assert.Equal((2, "crash"), ((int)await a.Knob("MAX_RETRIES"), $"{(await a.Get("/faults")).Json[0]!["kind"]}"));
        var second = await Act(null);
        Assert.Equal((409, "crash is running, and there is one act at a time: end it first"), (second.Status, $"{second.Json["detail"]}"));

        var arms = await Ended();
        // Predictions are computed at the lowest priority: on a full machine an arm may end before its own is there
        for (var again = 0; again < 5 && arms.Any(arm => arm!["prediction"]!.AsArray().Count == 0); again++)
        {
            await Begin();
            arms = await Ended();
        }
        Assert.All(arms, arm => Assert.Equal((Arm, 1_000, 10, 10),
            ($"{arm!["arm"]}", (int)arm["n"]!, arm["curve"]!.AsArray().Count, arm["prediction"]!.AsArray().Count)));
        Assert.All(arms, arm => Assert.InRange((double)arm!["success_percent"]!, 90, 100)); // theory 99.9 %
        Assert.Equal((64, 0), ((int)await a.Knob("WORKERS"), (await a.Get("/faults")).Json.AsArray().Count));

        await stage.Frame("a second has passed, and is flushed", frame => (long)frame["seconds"]![0]!["t_ms"]! > 0 && frame["events"]!.ToJsonString().Contains("has ended"));
        var recorded = File.ReadAllBytes(file).Length;
        await Until.Fact("the recording has grown", () => File.ReadAllBytes(file).Length > recorded + 500);
        lab.Send(Signal.Kill);
        await Until.Fact("nothing answers any more", () => a.Get("/livez"), answer => answer.Status == 0);

        using var replay = RunningProgram.Start("Lab", ["replay", file, "--port-base", $"{replayBase}"], []);
        var first = await replayed.Frame("it is replayed", _ => true);
        Assert.Equal("replay", $"{first["mode"]}");
        Assert.InRange((double)first["replay"]!["length_s"]!, 10, 600);
        await replayed.Frame("it moves on", frame => (double)frame["replay"]!["position_s"]! > (double)first["replay"]!["position_s"]!);
        Assert.Equal(200, (await replayed.Get("/stage")).Status);
        foreach (var (method, path) in ((HttpMethod, string)[])[(HttpMethod.Patch, "/knobs"), (HttpMethod.Post, "/act"), (HttpMethod.Delete, "/arms"), (HttpMethod.Put, "/new")])
        {
            var change = await replayed.Send(method, path, method == HttpMethod.Delete ? null : """{"MAX_RETRIES":1}""");
            Assert.Equal((409, "this is a replay: nothing in it can be changed"), (change.Status, $"{change.Json["detail"]}"));
        }
        Assert.Contains("cut off there", replay.Output, StringComparison.Ordinal);
        replay.Send(Signal.Interrupt);
        Assert.Equal(130, await replay.ExitCode());
    }

    [Fact]
    public async Task An_act_that_is_stopped_leaves_everything_as_at_the_start()
    {
        Assert.Equal(204, (await Act(Arm)).Status);
        await stage.Frame("it is measured", frame => frame["act"] is { } act && (double)act["elapsed_s"]! > 0.5);
        Assert.Equal(204, (await stage.Send(HttpMethod.Delete, "/act", null)).Status);
        var frame = await stage.Frame("it has ended", frame => frame["act"] is null && !(bool)frame["load"]!["on"]!);
        Assert.Equal((0, 64, 0), ((int)frame["arms"]!, (int)await a.Knob("WORKERS"), (await a.Get("/faults")).Json.AsArray().Count));

        foreach (var (body, status, reason) in ((string, int, string)[])
            [
                ("""{"scenario":"corupt"}""", 400, "corupt is no scenario; did you mean corrupt?"),
                ("""{"scenario":"crash","arm":"answered"}""", 400, "answered is no arm of crash"),
                ("""{"scenario":"node-death"}""", 409, "node-death cannot be an act: it kills a ServiceB process"),
            ])
        {
            var refused = await stage.Send(HttpMethod.Post, "/act", body);
            Assert.Equal(status, refused.Status);
            Assert.Contains(reason, refused.Text, StringComparison.Ordinal);
        }
        Assert.Equal(204, (await stage.Send(HttpMethod.Delete, "/arms", null)).Status);
    }

    Task<Answer> Act(string? arm) => stage.Send(HttpMethod.Post, "/act", new JsonObject { ["scenario"] = "crash", ["arm"] = arm }.ToJsonString());
}
