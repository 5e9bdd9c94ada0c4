using System.Net.Sockets;
using System.Text;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>A thousand strangers connect, to services that may have 400 files open.</summary>
public sealed class StrangerSpecs(StrangerSpecs.TightPair tight, ITestOutputHelper screen)
    : IClassFixture<StrangerSpecs.TightPair>
{
    const int Strangers = 1000;

    const string HttpIsFull = "connections of the HTTP port are open";
    const string RemotingIsFull = "connections of the remoting port are open";

    Pair Pair => tight.Pair;

    [PrlimitFact]
    public Task Service_a_lives_with_a_thousand_idle_connections_at_its_HTTP_port() =>
        Holds(Pair.HttpA, () => Pair.A, HttpIsFull, []);

    [PrlimitFact]
    public Task Service_b_lives_with_a_thousand_idle_connections_at_its_HTTP_port() =>
        Holds(Pair.HttpB, () => Pair.B, HttpIsFull, []);

    [PrlimitFact]
    public Task Service_a_lives_with_a_thousand_idle_connections_at_its_remoting_port() =>
        Holds(Pair.RemoteA, () => Pair.A, RemotingIsFull, []);

    [PrlimitFact]
    public Task Service_b_lives_with_a_thousand_idle_connections_at_its_remoting_port() =>
        Holds(Pair.RemoteB, () => Pair.B, RemotingIsFull, []);

    [PrlimitFact]
    public Task Service_a_lives_with_a_thousand_halves_of_a_request() =>
        Holds(Pair.HttpA, () => Pair.A, HttpIsFull, "GET /process HTTP/1.1\r\nHo"u8.ToArray());

    [PrlimitFact]
    public Task Service_b_lives_with_a_thousand_halves_of_a_frame() =>
        Holds(Pair.RemoteB, () => Pair.B, RemotingIsFull, [100, 0, 0, 0, 0x12]);

    [PrlimitFact]
    public Task Service_a_lives_with_a_thousand_who_asked_once_and_stay() => Holds(Pair.HttpA, () => Pair.A, HttpIsFull,
        Encoding.ASCII.GetBytes($"GET /livez HTTP/1.1\r\nHost: localhost:{Pair.HttpA}\r\n\r\n"));

    async Task Holds(int port, Func<RunningProgram> service, string full, byte[] words)
    {
        using var known = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Pair.HttpA}"),
        };
        var events = await Pair.ClientA.Events();
        await Answers(known, "/process");

        var strangers = new List<Socket>();
        for (var number = 0; number < Strangers; number++)
        {
            strangers.Add(await Stranger(port, words));
            if (number % 10 == 0)
                await Answers(known, "/process");
        }
        await Answers(known, "/process");
        await Answers(known, "/process/http");
        using (var newA = new Client(Pair.HttpA))
        using (var newB = new Client(Pair.HttpB))
        {
            Assert.Equal(200, (await newA.Get("/livez")).Status);
            Assert.Equal(200, (await newB.Get("/livez")).Status);
        }
        await Until.Fact("the line is in the log", () => service().Output.Contains(full, StringComparison.Ordinal));
        Assert.InRange(service().Output.Split(full).Length - 1, 1, 5); // one a minute

        strangers.ForEach(stranger => stranger.Dispose());
        await Answers(known, "/process");
        Assert.False(events.IsCompleted);
        Assert.False(Pair.A.HasExited);
        Assert.False(Pair.B.HasExited);
        screen.WriteLine($"{Pair.A}\n{Pair.B}");
    }

    // A busy machine may take its time, or lose the link between both for a while
    static async Task Answers(HttpClient client, string path) => await Until.Fact($"{path} answers 200", async () =>
    {
        using var answer = await client.GetAsync(path);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }, seen => seen.StartsWith("200", StringComparison.Ordinal));

    // It may be closed while it still connects
    static async Task<Socket> Stranger(int port, byte[] words)
    {
        var stranger = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await stranger.ConnectAsync("127.0.0.1", port);
            await stranger.SendAsync(words);
        }
        catch (SocketException)
        {
        }
        return stranger;
    }

    /// <summary>Calm, and with 400 files each.</summary>
    public sealed class TightPair : IAsyncLifetime
    {
        internal Pair Pair { get; } = new(
            null, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "0"), ("MAX_LATENCY_MS", "0"), ("REQUEST_TIMEOUT_S", "30"),
            ("TOTAL_TIMEOUT_S", "60"))
        {
            Inside = ["prlimit", "--nofile=400"],
        };

        public Task InitializeAsync() => Pair.StartBoth();

        public Task DisposeAsync()
        {
            Pair.Dispose();
            return Task.CompletedTask;
        }
    }
}
