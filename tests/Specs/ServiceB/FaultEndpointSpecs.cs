using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Specs.Hosting;
using TinyResilient.ServiceB;
using TinyResilient.ServiceB.Faults;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.ServiceB;

/// <summary><c>/faults</c> of ServiceA in front of two ServiceB, all in memory.</summary>
public sealed class FaultEndpointSpecs : IAsyncLifetime, IDisposable
{
    readonly FaultBoard[] boards = [new(TimeProvider.System), new(TimeProvider.System)];
    readonly List<InMemoryService> nodes = [];
    readonly Switch first = new(), second = new();
    InMemoryService a = null!;

    public async Task InitializeAsync()
    {
        foreach (var (board, wire) in boards.Zip([first, second]))
        {
            var node = await InMemoryService.Start(
                app => app.MapFaults(new KnobStore(WorkKnobs.All, KnobStore.Read(WorkKnobs.All, Samples.Environment()))), add: services => services.AddSingleton(board));
            nodes.Add(node);
            wire.InnerHandler = node.App.GetTestServer().CreateHandler();
        }
        KnobClient[] clients = [Client(8001, first), Client(8002, second)];
        a = await InMemoryService.Start(app => TinyResilient.ServiceA.FaultEndpoints.MapFaults(app, () => clients));
    }

    static KnobClient Client(int port, HttpMessageHandler wire) =>
        new("service-b", new Uri($"http://localhost:{port}"), null, TimeProvider.System, Samples.NonsenseLog(), wire)
        {
            Limit = Samples.Patience,
        };

    public async Task DisposeAsync()
    {
        await a.DisposeAsync();
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task A_put_replaces_all_faults_and_an_empty_list_clears_them()
    {
        var b = nodes[0];
        Assert.Equal("[]", (await b.Get("/faults")).Text);
        Assert.Equal(200, (await Put(b, """[{"kind":"error","probability":0.5},{"kind":"hang"}]""")).Status);
        var answer = await Put(b, """[{"kind":"crash","from_s":60}]""");
        const string shown = """[{"kind":"crash","probability":1,"fast":false,"lane":"both","worker":null,"from_s":60,"for_s":null,"name":"crash","active":false}]""";
        Assert.Equal((shown, shown), (answer.Text, (await b.Get("/faults")).Text));
        Assert.Equal("[]", (await Put(b, "[]")).Text);
        Assert.Same(FaultSet.None, boards[0].Current);
    }

    [Theory]
    [InlineData("""[{"kind":"error"},{"kind":"corupt"}]""", "[1].kind")]
    [InlineData("""[{"kind":"error","probability":2}]""", "[0].probability")]
    [InlineData("""[{"kind":"error","worker":64}]""", "[0].worker")]
    [InlineData("{}", "body")]
    [InlineData("", "body")]
    [InlineData("[", "body")]
    public async Task A_bad_put_is_refused_and_changes_nothing(string body, string field)
    {
        await Put(a, """[{"kind":"hang"}]""");
        var before = boards.Select(board => board.Current).ToList();
        foreach (var service in (InMemoryService[])[nodes[0], a])
        {
            var answer = await Put(service, body);
            Assert.Equal(400, answer.Status);
            Assert.NotNull(answer.Error(field));
        }
        Assert.Equal(before, boards.Select(board => board.Current));
    }

    [Fact]
    public async Task A_check_answers_204_and_changes_nothing()
    {
        foreach (var service in (InMemoryService[])[nodes[0], a])
        {
            Assert.Equal(204, (await Put(service, """[{"kind":"hang"}]""", "?validate=true")).Status);
            Assert.Equal(400, (await Put(service, """[{"kind":"hangs"}]""", "?validate=true")).Status);
            Assert.Equal(400, (await Put(service, """[{"kind":"hang"}]""", "?validate=perhaps")).Status);
            Assert.Equal(400, (await Put(service, """[{"kind":"hang"}]""", "?valid=true")).Status);
        }
        Assert.All(boards, board => Assert.Same(FaultSet.None, board.Current));
    }

    [Fact]
    public async Task Service_a_sets_and_shows_the_faults_of_every_service_b()
    {
        var answer = await Put(a, """[{"kind":"corrupt","probability":0.01}]""");
        Assert.Equal(200, answer.Status);
        foreach (var service in (InMemoryService[])[.. nodes, a])
            Assert.Equal(answer.Text, (await service.Get("/faults")).Text);
        Assert.False((await a.Get("/faults")).Response.Headers.Contains("X-Service-B"));
    }

    [Fact]
    public async Task Service_a_says_where_another_service_b_has_other_faults_or_is_not_there()
    {
        await Put(nodes[1], """[{"kind":"hang"}]""");
        Assert.Equal("has other faults", (await a.Get("/faults")).Response.Headers.GetValues("X-Service-B").Single());
        first.IsCut = true;
        var answer = await a.Get("/faults");
        Assert.Equal("hang", answer.Json[0].GetProperty("kind").GetString());
        Assert.Equal("unreachable", answer.Response.Headers.GetValues("X-Service-B").Single());
        second.IsCut = true;
        Assert.Equal(503, (await a.Get("/faults")).Status);
    }

    [Fact]
    public async Task With_one_service_b_unreachable_nothing_changes_anywhere()
    {
        second.IsCut = true;
        var answer = await Put(a, """[{"kind":"hang"}]""");
        Assert.Equal(503, answer.Status);
        Assert.Equal("service-b at localhost:8002 cannot be reached. Nothing was changed.",
            answer.Json.GetProperty("detail").GetString());
        Assert.All(boards, board => Assert.Same(FaultSet.None, board.Current));
    }

    [Fact]
    public async Task A_name_given_twice_is_refused_through_service_a_as_well()
    {
        var answer = await Put(a, """[{"kind":"hang","probability":0,"probability":1}]""");
        Assert.Equal("is given more than once", answer.Error("[0].probability"));
    }

    static Task<Answer> Put(InMemoryService service, string json, string query = "") =>
        service.Send(HttpMethod.Put, "/faults" + query, json);

    sealed class Switch : DelegatingHandler
    {
        public bool IsCut { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken gone) =>
            IsCut ? throw new HttpRequestException("connection refused") : base.SendAsync(request, gone);
    }
}
