using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

/// <summary>ServiceA changes ServiceB, in memory, where both know one token; a hostile wire is between them.</summary>
public sealed class ControlProofSpecs : IAsyncLifetime, IDisposable
{
    const string Token = "s3cret", Patch = """{"FAILURE_RATE":0.6}""";
    static readonly Uri addressOfB = new("http://localhost:8001");
    static readonly DateTimeOffset start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    static readonly Dictionary<string, Action<HttpRequestMessage>> changes = new()
    {
        ["another method"] = request => request.Method = HttpMethod.Put,
        ["another path"] = request => request.RequestUri = new(addressOfB, "/faults"),
        ["a query"] = request => request.RequestUri = new(addressOfB, "/knobs?validate=false"),
        ["another body"] = request => request.Content = Json("""{"FAILURE_RATE":0.7}"""),
        ["a blank more"] = request => request.Content = Json(Patch + " "),
        ["no body"] = request => request.Content = null,
        ["another host"] = request => request.Headers.Host = "127.0.0.1:8001",
        ["another port"] = request => request.Headers.Host = "localhost:8002",
        ["a later time"] = request => Say(request, $"Proof {Proof(request).Time + 1}.{Proof(request).Mac}"),
        ["another form of the time"] = request => Say(request, $"Proof 0{Proof(request).Time}.{Proof(request).Mac}"),
        ["no time"] = request => Say(request, $"Proof .{Proof(request).Mac}"),
        ["a negative time"] = request => Say(request, $"Proof -1.{Proof(request).Mac}"),
        ["an endless time"] = request => Say(request, $"Proof {new string('9', 60_00)}.{Proof(request).Mac}"),
        ["a time that is no date"] = request => Say(request, $"Proof 999999999999999.{Proof(request).Mac}"),
        ["a digit less"] = request => Say(request, $"{request.Headers.Authorization}"[..^1]),
        ["a digit more"] = request => Say(request, $"{request.Headers.Authorization}0"),
        ["capitals"] = request => Say(request, $"Proof {Proof(request).Time}.{Proof(request).Mac.ToUpperInvariant()}"),
        ["what is no ASCII"] = request => Say(request, $"Proof {Proof(request).Time}.{new string('\u00e9', 64)}"),
        ["nothing"] = request => Say(request, "Proof "),
        ["the scheme alone"] = request => Say(request, "Proof"),
        ["another scheme"] = request => Say(request, $"Bearer {Proof(request).Time}.{Proof(request).Mac}"),
        ["both at once"] = request => Say(request, $"{request.Headers.Authorization}, {request.Headers.Authorization}"),
        ["another token"] = request => Sign(request, token: "s3creT"),
        ["another service"] = request => Sign(request, service: "service-a"),
    };

    readonly FakeTimeProvider clockOfA = new(start), clockOfB = new(start);
    readonly KnobStore store = Samples.Store();
    readonly Wire wire = new();
    KnobClient client = null!;
    InMemoryService a = null!, b = null!;

    public static TheoryData<string> Changes => [.. changes.Keys];

    public async Task InitializeAsync()
    {
        b = await InMemoryService.Start(app => app.MapKnobs(store, "B"),
            Samples.Settings(("CONTROL_TOKEN", Token)), services => services.AddSingleton<TimeProvider>(clockOfB));
        wire.InnerHandler = b.App.GetTestServer().CreateHandler();
        client = new("service-b", addressOfB, new Secret(Token), clockOfA, Samples.NonsenseLog(), wire)
        {
            Limit = Samples.Patience,
        };
        a = await InMemoryService.Start(app => app.MapKnobs(Samples.Store([]), "A", () => [client]));
    }

    public async Task DisposeAsync()
    {
        await a.DisposeAsync();
        await b.DisposeAsync();
    }

    public void Dispose()
    {
        client.Dispose();
        wire.Dispose();
    }

    [Fact]
    public async Task A_change_goes_through_and_the_token_does_not()
    {
        Assert.Equal(200, (await a.Patch("/knobs", Patch)).Status);
        Assert.Equal(0.6, store.Current.Get(Samples.Rate));
        Assert.All(wire.Sent, sent => Assert.DoesNotContain(Token, sent, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(["GET", "PATCH", "PATCH", "GET"], wire.Sent.Select(sent => sent.Split(' ')[0]));
        Assert.Equal([false, true, true, false], wire.Sent.Select(sent => sent.Contains("Proof")));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task What_was_changed_on_the_way_is_refused(string change)
    {
        var before = store.Current;
        wire.Change = changes[change];
        Assert.Equal(401, (await client.Patch(new() { ["FAILURE_RATE"] = 0.6 }, default)).Status);
        Assert.Same(before, store.Current);
    }

    [Fact]
    public async Task A_check_does_not_become_a_change()
    {
        wire.Change = request => request.RequestUri = new(addressOfB, "/knobs");
        Assert.Equal(401, (await client.Check(new() { ["FAILURE_RATE"] = 0.6 }, default)).Status);
        Assert.Equal(0.3, store.Current.Get(Samples.Rate));
    }

    [Theory]
    [InlineData(60, 0, null)]
    [InlineData(0, 60, null)]
    [InlineData(75, 0, "was made 75 s ago by the clock of service-b, and holds for 60 s")]
    [InlineData(0, 61, "was made 61 s in the future by the clock of service-b, and holds for 60 s")]
    public async Task A_proof_holds_for_a_minute_and_clocks_that_differ_are_named(int bAheadS, int aAheadS, string? why)
    {
        clockOfB.Advance(TimeSpan.FromSeconds(bAheadS));
        clockOfA.Advance(TimeSpan.FromSeconds(aAheadS));
        var answer = await a.Patch("/knobs", Patch);
        Assert.Equal(why is null ? 200 : 403, answer.Status);
        if (why is null)
            return;
        Assert.Equal($"service-b at localhost:8001 does not let this service change anything: Authorization {why}: "
            + "the clocks of both machines must agree. Nothing was changed.", $"{answer.Json.GetProperty("detail")}");
    }

    [Fact]
    public async Task What_was_proven_to_service_b_opens_no_other_service()
    {
        await a.Patch("/knobs", Patch);
        foreach (var name in (string[])["service-a", "lab"])
        {
            var settings = Samples.Settings(("CONTROL_TOKEN", Token)) with { Name = name };
            await using var other = await InMemoryService.Start(app => app.MapKnobs(Samples.Store(), "A"), settings,
                services => services.AddSingleton<TimeProvider>(clockOfB));
            foreach (var proof in wire.Proofs)
                Assert.Equal(401, (await other.Send(HttpMethod.Patch, "/knobs", Patch,
                    ("Authorization", proof), ("Host", "localhost:8001"))).Status);
        }
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_whatever_is_proven()
    {
        wire.Change = request => request.Content = Json($$"""{"FAILURE_RATE":"{{new string('x', JsonBody.Limit)}}"}""");
        Assert.Equal(413, (await client.Patch(new() { ["FAILURE_RATE"] = 0.6 }, default)).Status);
        wire.Change = request =>
        {
            request.Content = Json(new string(' ', JsonBody.Limit + 1));
            request.Content.Headers.ContentLength = null;
        };
        Assert.Equal(413, (await client.Patch(new() { ["FAILURE_RATE"] = 0.6 }, default)).Status);
    }

    static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    static (long Time, string Mac) Proof(HttpRequestMessage request) =>
        request.Headers.Authorization!.Parameter!.Split('.') is [var time, var mac] ? (long.Parse(time), mac) : default;

    static void Say(HttpRequestMessage request, string authorization)
    {
        request.Headers.Authorization = null;
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
    }

    static void Sign(HttpRequestMessage request, string token = Token, string service = "service-b") =>
        request.Headers.Authorization = ControlProof.Of(new Secret(token), start, service, "localhost:8001",
            request.Method, request.RequestUri!.PathAndQuery, Encoding.UTF8.GetBytes(Patch));

    /// <summary>Keeps what comes through, and may change it.</summary>
    sealed class Wire : DelegatingHandler
    {
        public Action<HttpRequestMessage> Change { get; set; } = _ => { };
        public List<string> Sent { get; } = [];
        public List<string> Proofs { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken gone)
        {
            Change(request);
            Sent.Add($"{request.Method} {request}");
            if (request.Headers.Authorization is { } proof)
                Proofs.Add($"{proof}");
            return base.SendAsync(request, gone);
        }
    }
}
