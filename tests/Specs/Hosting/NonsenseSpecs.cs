using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Time.Testing;
using ProcessSpecs.Harness;
using TinyResilient.ServiceA.Http;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

/// <summary>
/// ServiceA in front of somebody on a real socket who answers anything but what ServiceB does.
/// </summary>
public sealed class NonsenseSpecs : IAsyncLifetime
{
    static readonly Knob<long> retries = Knob.Whole("MAX_RETRIES", 2, 0, 10, "", KnobLevel.Basic, "retries");

    const string Rate = StandIn.Knob;
    const string BothKnobs = """{"FAILURE_RATE":0.6,"MAX_RETRIES":0}""";
    const string GoodFaults = """[{"kind":"hang","probability":1,"name":"hang","active":true}]""";

    static readonly string[] nonsense =
    [
        """{"a":1,"a":2}""",
        """{"FAILURE_RATE":{"value":1,"value":2}}""",
        $$"""{"FAILURE_RATE":{{Rate}},"FAILURE_RATE":{{Rate}}}""",
        """[{"active":true,"active":false}]""",
        """[{"kind":"hang","probability":1,"probability":1,"name":"hang","active":true}]""",
        "[{}]", "[null]", "[[]]", "[1]", """{"a":null}""", """{"a":[]}""", """{"a":{}}""",
        "\"\\ud800\"", """{"detail":"\ud800"}""", """{"\ud800":{"value":1}}""", """["\ud800"]""",
        $$"""{"\ud800":{{Rate}}}""", Rate.Replace("share", "\\ud800"), GoodFaults.Replace("hang", "\\ud800"),
        "{\"FAILURE_RATE\":" + Rate.Replace("\"B\"", "\"\\ud800\"") + "}",
        "{\"FAILURE_RATE\":" + Rate.Replace("0.3,\"default", "[0.3],\"default") + "}",
        "{\"FAILURE_RATE\":" + Rate.Replace("0.3,\"default", "1e999,\"default") + "}",
        "{\"FAILURE_RATE\":" + Rate.Replace("\"value\":0.3,", "") + "}",
        "{\"FAILURE_RATE\":" + Rate.Replace("\"value\":0.3,", "\"value\":null,") + "}",
        "{\"FAILURE_RATE\":" + Rate.Replace("\"share\"", "7") + "}",
        "{\"FAILURE_RATE\":" + Rate.Replace("\"share\"", "null") + "}",
        GoodFaults.Replace("true", "\"true\""), GoodFaults.Replace("\"hang\"", "7"), GoodFaults.Replace("1,", "{},"),
        GoodFaults.Replace(":1,", ":1e999,"), GoodFaults.Replace("\"active\"", "\"activ\""),
        """{"detail":7}""", """{"detail":null}""", """{"detail":{}}""", """{"detail":["a","b"]}""",
        """{"detail":"a","detail":"b"}""", """{"errors":{"a":["b"]}}""", """{"detail":"x","errors":[]}""",
        """{"detail":"x","errors":{"FAILURE_RATE":7}}""", """{"detail":"x","errors":{"FAILURE_RATE":[null]}}""",
        """{"detail":"x","errors":{"FAILURE_RATE":null}}""", """{"detail":"x","errors":{"a":["b"],"a":["c"]}}""",
        """{"detail":"x","errors":{"FAILURE_RATE":[{"a":1,"a":2}]}}""",
        """{"detail":"x","errors":{"\ud800":["\ud800"]}}""",
        new string('[', 10_000), new string('[', 60) + new string(']', 60),
        string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60),
        "{\"FAILURE_RATE\":" + Rate.Replace("0.3,\"default", "1e-99999999999,\"default") + ",}",
        "1e99999999999", "-0", "true", "null", "\"text\"", "", " ", "{", "}", "[1,]", "{}x", "// {}", "<html>", "\0",
        "\uFEFF{}",
    ];

    readonly FakeTimeProvider time = new();
    readonly List<string> log = [];
    readonly List<KnobClient> clients = [];
    KnobStore store = null!;
    NonsenseLog nonsenseLog = null!;
    InMemoryService a = null!;

    public static TheoryData<int, string> StatusesAndNonsense
    {
        get
        {
            var table = new TheoryData<int, string>();
            foreach (var status in (int[])[200, 400, 401, 500])
                foreach (var body in nonsense)
                    table.Add(status, body);
            return table;
        }
    }

    public async Task InitializeAsync()
    {
        store = Samples.Store([retries]);
        nonsenseLog = Samples.NonsenseLog(log, time);
        a = await InMemoryService.Start(app =>
        {
            app.MapKnobs(store, "A", () => clients);
            TinyResilient.ServiceA.FaultEndpoints.MapFaults(app, () => clients);
        });
    }

    public async Task DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await a.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(StatusesAndNonsense))]
    public Task Nonsense_is_told_and_changes_nothing(int status, string body) =>
        IsToldAndChangesNothing(status, StandIn.Reply(status, body));

    [Theory]
    [InlineData(200, "application/json; charset=nonsense")]
    [InlineData(400, "text/html; charset=\"")]
    [InlineData(401, ";;;")]
    public Task A_content_type_that_is_none_is_told_and_changes_nothing(int status, string contentType) =>
        IsToldAndChangesNothing(status, StandIn.Reply(status, [0xff, 0xfe, 0x00], contentType));

    [Theory]
    [InlineData(200, "{}")]
    [InlineData(200, "[]")]
    [InlineData(204, "")]
    public async Task A_success_that_was_not_due_confirms_nothing(int status, string body)
    {
        await using var b = new StandIn(request => request.StartsWith("GET", StringComparison.Ordinal)
            ? Good(request) : StandIn.Reply(status, body));
        clients.Add(Client(b.Url));
        var before = store.Current;
        Assert.Equal(502, (await a.Patch("/knobs", BothKnobs)).Status);
        Assert.Equal(502, (await a.Send(HttpMethod.Put, "/faults", GoodFaults)).Status);
        Assert.Same(before, store.Current);
    }

    [Fact]
    public async Task Of_two_nodes_the_one_that_makes_no_sense_is_named_and_the_other_is_shown()
    {
        await using var good = new StandIn(Good);
        await using var bad = new StandIn(_ => StandIn.Reply(200, """{"a":1,"a":2}"""));
        clients.AddRange([Client(good.Url), Client(bad.Url)]);
        var said = $"{bad.Url.Authority} answered 200, but not as service-b does";

        var knobs = await a.Get("/knobs");
        Assert.Equal(["MAX_RETRIES", "FAILURE_RATE"], knobs.Json.EnumerateObject().Select(knob => knob.Name));
        Assert.Equal(said, knobs.Response.Headers.GetValues("X-Service-B").Single());
        var faults = await a.Get("/faults");
        Assert.Equal((200, GoodFaults), (faults.Status, faults.Text));
        Assert.Equal(said, faults.Response.Headers.GetValues("X-Service-B").Single());
        Assert.Equal($"service-b at {said}. Nothing was changed.",
            (await a.Patch("/knobs", BothKnobs)).Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task The_log_has_one_line_for_each_node_and_minute()
    {
        await using var b = new StandIn(_ => StandIn.Reply(200, "[null]"));
        clients.Add(Client(b.Url));
        for (var n = 0; n < 5; n++)
            await a.Get("/faults");
        Assert.StartsWith($"service-b at {b.Url.Authority} answered GET /faults with 200 and nonsense: ",
            Assert.Single(log), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(1));
        await a.Get("/faults");
        Assert.StartsWith("4 more since like: service-b at ", log[1], StringComparison.Ordinal);
        Assert.Equal((3, log[0]), (log.Count, log[2]));
    }

    [Fact]
    public async Task Lane_http_takes_nonsense_for_an_answer_of_nobody()
    {
        string[] more = ["""{"host":"\ud800"}""", """{"host":"a","host":"b"}""", """{"processing_ms":1e999}"""];
        foreach (var body in nonsense.Concat(more))
        {
            using var answer = new HttpResponseMessage { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            await HttpOutcome.Read(answer, default);
        }
    }

    async Task IsToldAndChangesNothing(int status, byte[] answer)
    {
        await using var b = new StandIn(_ => answer);
        clients.Add(Client(b.Url));
        var (before, said) = (store.Current, $"{b.Url.Authority} answered {status}");

        var shown = await a.Get("/knobs");
        Assert.Equal(["MAX_RETRIES"], shown.Json.EnumerateObject().Select(knob => knob.Name));
        Assert.StartsWith(status == 500 ? "answered 500" : said,
            shown.Response.Headers.GetValues("X-Service-B").Single(), StringComparison.Ordinal);
        IsTold(await a.Get("/faults"));
        IsTold(await a.Patch("/knobs", BothKnobs));
        IsTold(await a.Send(HttpMethod.Put, "/faults", GoodFaults));
        Assert.Same(before, store.Current);
        Assert.Equal(status == 500 ? 0 : 1, log.Count);

        // Our own names need nobody else.
        Assert.Equal(200, (await a.Patch("/knobs", """{"MAX_RETRIES":0}""")).Status);

        void IsTold(Answer told)
        {
            Assert.Equal(502, told.Status);
            var detail = told.Json.GetProperty("detail").GetString();
            Assert.StartsWith($"service-b at {said}", detail, StringComparison.Ordinal);
        }
    }

    static byte[] Good(string request) =>
        StandIn.Reply(200, request.Contains("/knobs", StringComparison.Ordinal) ? StandIn.Knobs : GoodFaults);

    KnobClient Client(Uri url) => new("service-b", url, null, TimeProvider.System, nonsenseLog, KnobClient.NewHandler()) { Limit = Samples.Patience };
}
