using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

/// <summary>ServiceA in front of one ServiceB, both in memory. Both have SEED.</summary>
public sealed class KnobEndpointSpecs : IAsyncLifetime, IDisposable
{
    static readonly Knob<long> Retries = Knob.Whole("MAX_RETRIES", 2, 0, 10, "", KnobLevel.Basic, "retries");
    static readonly Knob<long> SeedA = Knob.Seed(TimeProvider.System), SeedB = Knob.Seed(TimeProvider.System);
    static readonly Uri AddressB = new("http://localhost:8001");

    readonly KnobStore _storeA = Samples.Store([Retries, SeedA]);
    readonly KnobStore _storeB = Samples.Store([.. Samples.All, SeedB]);
    readonly SwitchHandler _wire = new();
    InMemoryService _a = null!, _b = null!;

    public async Task InitializeAsync()
    {
        _b = await InMemoryService.Start(app => app.MapKnobs(_storeB, "B"));
        _wire.InnerHandler = _b.App.GetTestServer().CreateHandler();
        var client = new KnobClient("service-b", AddressB, null, TimeProvider.System, Samples.NonsenseLog(), _wire)
        {
            Limit = Samples.Patience,
        };
        _a = await InMemoryService.Start(app => app.MapKnobs(_storeA, "A", () => [client]));
    }

    public async Task DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task Shows_every_knob_with_value_default_unit_range_meaning_level_and_service()
    {
        await _a.Patch("/knobs", """{"SEED":7}""");
        var knobs = (await _a.Get("/knobs")).Json;
        Assert.Equal(["MAX_RETRIES", "SEED", "FAILURE_RATE", "BASE_LATENCY_MS", "ANSWER_FIRST", "JITTER"],
            knobs.EnumerateObject().Select(knob => knob.Name));
        Assert.Equal("""{"value":30,"default":30,"unit":"ms","range":"0..60000","meaning":"delay","level":"basic","service":"B"}""",
            knobs.GetProperty("BASE_LATENCY_MS").GetRawText());
        Assert.Equal("A, B", knobs.GetProperty("SEED").GetProperty("service").GetString());
        Assert.False(knobs.GetProperty("SEED").TryGetProperty("differs", out _));
    }

    [Fact]
    public async Task Says_where_a_shared_knob_has_another_value()
    {
        await _a.Patch("/knobs", """{"SEED":7}""");
        await _b.Patch("/knobs", """{"SEED":8}""");
        var seed = (await _a.Get("/knobs")).Json.GetProperty("SEED");
        Assert.Equal((7, 8), (seed.GetProperty("value").GetInt32(),
            seed.GetProperty("differs").GetProperty("localhost:8001").GetInt32()));
    }

    [Fact]
    public async Task One_patch_changes_the_knobs_of_both_and_shows_them()
    {
        var answer = await _a.Patch("/knobs", """{"MAX_RETRIES":5,"FAILURE_RATE":0.6,"SEED":7}""");
        Assert.Equal(200, answer.Status);
        Assert.Equal(0.6, answer.Json.GetProperty("FAILURE_RATE").GetProperty("value").GetDouble());
        Assert.Equal((5, 7), (_storeA.Current.Get(Retries), _storeA.Current.Get(SeedA)));
        Assert.Equal((0.6, 7), (_storeB.Current.Get(Samples.Rate), _storeB.Current.Get(SeedB)));
    }

    [Fact]
    public async Task One_bad_knob_of_either_changes_nothing_in_both()
    {
        var (a, b) = (_storeA.Current, _storeB.Current);
        var answer = await _a.Patch("/knobs", """{"MAX_RETRIES":99,"FAILURE_RATE":7,"JITTER":"equal","JITTR":1}""");
        Assert.Equal(400, answer.Status);
        Assert.Equal("must be a whole number in 0..10, but is 99", answer.Error("MAX_RETRIES"));
        Assert.Equal("must be a number in 0..1, but is 7", answer.Error("FAILURE_RATE"));
        Assert.Equal("is not a knob; did you mean JITTER?", answer.Error("JITTR"));
        await _a.Patch("/knobs", """{"MAX_RETRIES":99,"JITTER":"equal"}""");
        await _a.Patch("/knobs", """{"MAX_RETRIES":3,"FAILURE_RATE":7}""");
        Assert.Same(a, _storeA.Current);
        Assert.Same(b, _storeB.Current);
    }

    [Fact]
    public async Task What_both_say_of_a_knob_that_both_have_is_said_once()
    {
        var answer = await _a.Patch("/knobs", """{"SEED":-1}""");
        Assert.Equal("must be a whole number in 0..9223372036854775807, but is -1",
            Assert.Single(answer.Json.GetProperty("errors").GetProperty("SEED").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task A_check_answers_204_and_changes_nothing()
    {
        var (a, b) = (_storeA.Current, _storeB.Current);
        var answer = await _a.Patch("/knobs?validate=true", """{"MAX_RETRIES":3,"FAILURE_RATE":0.6}""");
        Assert.Equal((204, ""), (answer.Status, answer.Text));
        Assert.Equal(400, (await _a.Patch("/knobs?validate=perhaps", """{"MAX_RETRIES":3}""")).Status);
        Assert.Same(a, _storeA.Current);
        Assert.Same(b, _storeB.Current);
    }

    [Fact]
    public async Task With_B_unreachable_nothing_of_B_changes_and_A_still_shows_and_takes_its_own()
    {
        _wire.Answer = () => throw new HttpRequestException("connection refused");
        var (a, answer) = (_storeA.Current, await _a.Patch("/knobs", """{"MAX_RETRIES":5,"FAILURE_RATE":0.6}"""));
        Assert.Equal(503, answer.Status);
        Assert.Equal("service-b at localhost:8001 cannot be reached. Nothing was changed.",
            answer.Json.GetProperty("detail").GetString());
        Assert.Same(a, _storeA.Current);

        var shown = await _a.Get("/knobs");
        Assert.Equal(["MAX_RETRIES", "SEED"], shown.Json.EnumerateObject().Select(knob => knob.Name));
        Assert.Equal("unreachable", shown.Response.Headers.GetValues("X-Service-B").Single());
        Assert.Equal(200, (await _a.Patch("/knobs", """{"MAX_RETRIES":5}""")).Status);
    }

    // HttpClient lets the last two out as they are, when a peer resets a connection at the wrong moment
    [Theory]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(SocketException))]
    public async Task However_the_connection_to_B_breaks_that_is_no_answer(Type exception)
    {
        _wire.Answer = () => throw (Exception)Activator.CreateInstance(exception)!;
        Assert.Equal(503, (await _a.Patch("/knobs", """{"FAILURE_RATE":0.6}""")).Status);
        Assert.Equal(200, (await _a.Get("/knobs")).Status);
    }

    [Fact]
    public async Task A_refusal_of_B_is_passed_on_with_its_name()
    {
        var asked = 0;
        // B shows its knobs, and lets nobody change them.
        _wire.Answer = () => asked++ == 0 ? null : new HttpResponseMessage(HttpStatusCode.Forbidden)
        {
            Content = new StringContent("""{"detail":"peer must be this machine"}"""),
        };
        var answer = await _a.Patch("/knobs", """{"FAILURE_RATE":0.6}""");
        Assert.Equal(403, answer.Status);
        Assert.Equal("service-b at localhost:8001 does not let this service change anything: "
            + "peer must be this machine. Nothing was changed.", answer.Json.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Patches_at_once_do_not_interleave()
    {
        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => _a.Patch("/knobs", $$"""{"SEED":{{n}}}""")));
        Assert.Equal(1, _wire.MostAtOnce);
        Assert.Equal(_storeA.Current.Get(SeedA), _storeB.Current.Get(SeedB));
    }

    /// <summary>The wire from A to B: passes requests on, unless it has an answer of its own.</summary>
    sealed class SwitchHandler : DelegatingHandler
    {
        int _now;

        public Func<HttpResponseMessage?> Answer { get; set; } = () => null;
        public int MostAtOnce { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken gone)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            try
            {
                return Answer() ?? await base.SendAsync(request, gone);
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }
        }
    }
}
