using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>The stage as <c>tiny up</c> serves it, in front of real services.</summary>
public sealed partial class StageSpecs : IAsyncLifetime
{
    readonly int portBase = Ports.Free(5);
    readonly ITestOutputHelper screen;
    readonly Client a, b, stage;
    readonly RunningProgram lab;

    public StageSpecs(ITestOutputHelper screen)
    {
        this.screen = screen;
        (a, b, stage) = (new(portBase), new(portBase + 1), new(portBase + 4));
        lab = RunningProgram.Start("Lab", ["--port-base", $"{portBase}"], []);
    }

    public Task InitializeAsync() => stage.InContact();

    public Task DisposeAsync()
    {
        lab.Dispose();
        screen.WriteLine($"{lab}");
        foreach (var client in (Client[])[a, b, stage])
            client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Serves_its_pages_and_everything_that_they_load()
    {
        var wanted = new Queue<string>(["/", "/stage"]);
        var seen = new HashSet<string>(wanted);
        while (wanted.TryDequeue(out var path))
        {
            var page = await stage.Get(path);
            Assert.True(page.Status == 200, $"{path}: {page.Status}");
            Assert.Contains(page.ContentType, TypesOf(path));
            var loaded = path.EndsWith(".js", StringComparison.Ordinal)
                ? Import().Matches(page.Text).Select(match => $"/assets/{match.Groups[1].Value}")
                : Asset().Matches(page.Text).Select(match => match.Value);
            foreach (var other in loaded.Where(seen.Add))
                wanted.Enqueue(other);
        }
        Assert.True(seen.Count > 5, string.Join(' ', seen));
        Assert.Equal(404, (await stage.Get("/assets/nothing.js")).Status);
    }

    [Fact]
    public async Task Numbers_are_those_of_the_services()
    {
        Assert.Equal(200, (await Put("/load", """{"on":true,"rate":40}""")).Status);
        await stage.Frame("both lanes answer, and it is the stage's own load", frame => Lanes(frame).All(lane => (long)lane["answers"]! > 20
            && $"{lane["latency_from"]}" == "load" && lane["p95_ms"] is not null));
        Assert.Equal(200, (await Put("/load", """{"on":false}""")).Status);
        foreach (var lane in (string[])["actor", "http"])
        {
            var (requests, attempts, work) = (await Books.Requests(a, lane), await Books.Attempts(a, lane), await Books.Work(b, lane));
            await stage.Frame("it shows the same books", frame => frame["lanes"]![lane] is { } shown
                && JsonNode.DeepEquals(shown["requests"], requests) && JsonNode.DeepEquals(shown["attempts"], attempts)
                && JsonNode.DeepEquals(shown["pool"], work));
        }
    }

    [Fact]
    public async Task Whoever_turns_a_knob_all_see_it_and_what_cannot_be_is_refused()
    {
        await a.Patch("""{"MAX_RETRIES":1}""");
        await stage.Frame("it shows what was turned elsewhere", frame => (int)frame["knobs"]!["MAX_RETRIES"]!["value"]! == 1);
        Assert.Equal(200, (await stage.Patch("""{"MAX_RETRIES":3,"FAILURE_RATE":0.5}""")).Status);
        await stage.Frame("it shows what was turned here", frame => (double)frame["knobs"]!["FAILURE_RATE"]!["value"]! == 0.5);
        Assert.Equal((3, 0.5), ((int)await a.Knob("MAX_RETRIES"), (double)await b.Knob("FAILURE_RATE")));
        Assert.Contains("MAX_RETRIES 1 -> 3", await Events(), StringComparison.Ordinal);

        foreach (var (method, path, body, field) in ((HttpMethod, string, string, string)[])
            [
                (HttpMethod.Patch, "/knobs", """{"FAILURE_RATE":7}""", "FAILURE_RATE"),
                (HttpMethod.Put, "/faults", """[{"kind":"corrupt","probability":2}]""", "[0].probability"),
                (HttpMethod.Put, "/load", """{"rate":0}""", "rate"),
                (HttpMethod.Post, "/service-b", """{"do":"explode"}""", "do"),
                (HttpMethod.Post, "/marks", """{"text":""}""", "text"),
            ])
        {
            var refused = await stage.Send(method, path, body);
            Assert.True(refused is { Status: 400, IsProblem: true }, $"{path}: {refused}");
            Assert.NotNull(refused.Json["errors"]![field]);
        }
        Assert.Equal(0.5, (double)await b.Knob("FAILURE_RATE"));
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Host", "evil.example", 400)]
    public async Task A_page_of_somebody_else_cannot_change_or_read_anything(string header, string value, int status)
    {
        Assert.Equal(status, (await stage.Patch("""{"MAX_RETRIES":9}""", (header, value))).Status);
        Assert.Equal(status, (await stage.Send(HttpMethod.Post, "/reset", null, (header, value))).Status);
        Assert.Equal(status, (await stage.Get("/state", (header, value))).Status);
        Assert.Equal(2, (int)await a.Knob("MAX_RETRIES"));
    }

    [Fact]
    public async Task Sends_at_most_four_frames_a_second_however_often_things_change()
    {
        await Put("/load", """{"on":true,"rate":200}""");
        var at = (await stage.FirstEvents(12)).Select(frame => (long)frame["now_ms"]!).ToList();
        Assert.InRange(at.Count - 1, 1, (at[^1] - at[0]) / 250 + 1);
    }

    [PosixFact]
    public async Task Shows_that_service_b_was_killed_and_that_it_is_back()
    {
        Assert.Equal(204, (await Post("/service-b", """{"do":"kill"}""")).Status);
        var lost = await stage.Frame("it is lost", frame => $"{frame["contact"]!["service_b"]}" is "lost" or "starting");
        Assert.Contains("ServiceB", $"{lost["contact"]!["words"]}", StringComparison.Ordinal);
        await stage.Frame("it is back", frame => $"{frame["contact"]!["service_b"]}" == "up");
        Assert.Contains("service-b died (killed by SIGKILL)", await Events(), StringComparison.Ordinal);
        Assert.Contains("service-b is back, a new process", await Events(), StringComparison.Ordinal);
    }

    [PosixFact]
    public async Task Shows_that_service_b_is_paused_and_lets_it_go_on()
    {
        Assert.Equal(204, (await Post("/service-b", """{"do":"pause"}""")).Status);
        await stage.Frame("it is paused", frame => $"{frame["contact"]!["words"]}" == "ServiceB is paused");
        Assert.Equal(204, (await Post("/service-b", """{"do":"resume"}""")).Status);
        await stage.Frame("it goes on", frame => $"{frame["contact"]!["service_b"]}" == "up");
    }

    [PosixFact]
    public async Task Marks_in_the_chart_by_itself_that_a_service_stood_still_and_the_service_says_so_too()
    {
        foreach (var (service, client) in (IEnumerable<(string, Client)>)[("service-a", a), ("service-b", b)])
        {
            var pid = (int)(await client.Get("/state")).Json["pid"]!;
            Signals.Send(pid, Signal.Pause);
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            Signals.Send(pid, Signal.Resume);
            await Until.Fact($"{service} is marked", async () => (await stage.Get("/history")).Json["marks"]!.AsArray()
                .Any(mark => $"{mark!["text"]}".StartsWith($"{service} stood still for ", StringComparison.Ordinal)));
            Assert.Contains($"{service} stood still for ", await Events(), StringComparison.Ordinal);
            await Until.Fact("it says so itself", () =>
                Regex.IsMatch(lab.Output, $"{service} +\\|.* {service} stood still for [0-9.]+ s"));
        }
    }

    [PosixFact]
    public async Task Known_good_is_one_request_away_whatever_was_done()
    {
        await stage.Patch("""{"FAILURE_RATE":1,"HTTP_MAX_RETRIES":0}""");
        await Put("/faults", """[{"kind":"hang"}]""");
        await Put("/load", """{"on":true,"rate":50}""");
        await stage.Frame("it goes badly", frame => Lanes(frame).All(lane => (long)lane["requests"]!["sent"]! > 50));
        await Post("/service-b", """{"do":"kill"}""");
        await Until.Fact("it died", () => lab.Output.Contains("service-b died", StringComparison.Ordinal));

        Assert.Equal(204, (await stage.Post("/reset")).Status);

        Assert.Contains("service-b starts again now, as somebody asked for it", lab.Output, StringComparison.Ordinal);
        var frame = await stage.Frame("it shows it", frame => $"{frame["contact"]!["service_b"]}" == "up"
            && (double)frame["knobs"]!["FAILURE_RATE"]!["value"]! == 0.3 && frame["knobs"]!["HTTP_MAX_RETRIES"] is null
            && frame["faults"]!.AsArray().Count == 0);
        Assert.False((bool)frame["load"]!["on"]!);
        Assert.Equal(200, (await a.Get("/readyz")).Status);
    }

    [Fact]
    public async Task A_mark_stays_in_the_history()
    {
        Assert.Equal(204, (await Post("/marks", """{"text":"here <b>it</b> broke"}""")).Status);
        await stage.Frame("it counts it", frame => (int)frame["marks"]! == 1);
        Assert.Equal("here <b>it</b> broke", $"{(await stage.Get("/history")).Json["marks"]![0]!["text"]}");
    }

    [PosixFact]
    public async Task An_open_stream_does_not_hold_up_the_end()
    {
        var stream = await stage.Events();
        lab.Send(Signal.Interrupt);
        await stream.WaitAsync(Until.Limit, TimeProvider.System);
        Assert.Equal(130, await lab.ExitCode());
    }

    Task<Answer> Put(string path, string json) => stage.Send(HttpMethod.Put, path, json);

    Task<Answer> Post(string path, string json) => stage.Send(HttpMethod.Post, path, json);

    async Task<string> Events() => string.Join('\n', (await stage.Get("/history")).Json["events"]!.AsArray().Select(one => $"{one!["text"]}"));

    static IEnumerable<JsonNode> Lanes(JsonNode frame) => frame["lanes"]!.AsObject().Select(lane => lane.Value!);

    static string[] TypesOf(string path) => Path.GetExtension(path) switch
    {
        ".js" => ["text/javascript"],
        ".css" => ["text/css"],
        ".svg" => ["image/svg+xml"],
        _ => ["text/html"],
    };

    [GeneratedRegex(@"/assets/[\w.-]+")]
    private static partial Regex Asset();

    [GeneratedRegex("""(?:from|import)\s+"\./([\w.-]+)";""")]
    private static partial Regex Import();
}
