using System.Text.Json.Nodes;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs.Harness;

/// <summary>ServiceA and several ServiceB processes, each on ports of its own, as one cluster. Seeds are ServiceA and the first ServiceB.</summary>
sealed class RunningCluster : IDisposable
{
    readonly List<RunningProgram> started = [];
    readonly ITestOutputHelper screen;
    readonly (string Name, string Value)[] environment;
    readonly int httpA = Ports.Free(), remoteA = Ports.Free();
    readonly List<Member> members = [];
    readonly string host;

    /// <param name="environment">Knobs and settings of all.</param>
    public RunningCluster(ITestOutputHelper screen, params (string Name, string Value)[] environment)
        : this(screen, "127.0.0.1", environment)
    {
    }

    /// <param name="host">Address of this machine at which all but those that are added listen.</param>
    public RunningCluster(ITestOutputHelper screen, string host, params (string Name, string Value)[] environment)
    {
        (this.screen, this.host, this.environment) = (screen, host, environment);
        A = new Client(httpA, host);
        Add(host); // its ports are a seed, whoever starts first
    }

    public Client A { get; }
    public RunningProgram ServiceA { get; private set; } = null!;
    public IReadOnlyList<Member> B => members;

    public void StartA() => ServiceA = Start("ServiceA", host, httpA, remoteA, []);

    /// <summary>Starts a ServiceB, for the first time or again, on its own ports.</summary>
    public Member StartB(int index)
    {
        while (members.Count <= index) Add(host);
        var member = members[index];
        member.Program = Start("ServiceB", member.Host, member.HttpPort, member.RemotePort, member.Inside);
        return member;
    }

    /// <summary>A further ServiceB, at an address of its own; not started yet.</summary>
    public void Add(string at, params string[] inside) => members.Add(new Member(at, Ports.Free(), Ports.Free(), inside));

    public async Task StartAll(int count)
    {
        StartA();
        for (var index = 0; index < count; index++) StartB(index);
        await AreUp([.. members]);
    }

    /// <summary>Waits until these, and no others, take attempts in both lanes.</summary>
    public Task AreUp(params Member[] wanted) => Until.Fact($"{wanted.Length} nodes take attempts", async () =>
        (await Accepting("actor")).SetEquals(wanted.Select(one => one.Remote))
        && (await Accepting("http")).SetEquals(wanted.Select(one => $"{one.Host}:{one.HttpPort}")));

    /// <summary>Both ledgers of ServiceA balance, in whole and as the sum of all nodes, gone ones included; so do those of these nodes.</summary>
    public async Task Balance(params Member[] there)
    {
        foreach (var lane in (string[])["actor", "http"])
        {
            await Books.Requests(A, lane);
            var attempts = await Books.Attempts(A, lane);
            var nodes = (await A.Get("/ledger")).Json["lanes"]![lane]!["nodes"]!.AsObject();
            foreach (var (entry, count) in attempts)
                Assert.True((long)count! == nodes.Sum(node => node.Value!.AsObject().Of(entry)), $"{entry} of {nodes}");
            foreach (var member in there)
                await Books.Work(member.Client, lane);
        }
    }

    public void Dispose()
    {
        foreach (var program in started)
        {
            program.Dispose();
            screen.WriteLine(program.ToString());
        }
        A.Dispose();
        foreach (var member in members) member.Client.Dispose();
    }

    async Task<HashSet<string>> Accepting(string lane) =>
        (await A.Get("/state")) is not { Status: 200 } state ? [] : [.. state.Json["lanes"]![lane]!["nodes"]!.AsObject()
            .Where(node => (bool)node.Value!["accepting"]!).Select(node => node.Key)];

    RunningProgram Start(string project, string bind, int httpPort, int remotePort, string[] inside)
    {
        var program = RunningProgram.Start(project, inside, [], new Dictionary<string, string>
        {
            ["HTTP_BIND"] = bind,
            ["REMOTE_BIND"] = bind,
            ["ALLOWED_HOSTS"] = $"127.0.0.1,{bind}",
            ["HTTP_PORT"] = $"{httpPort}",
            ["REMOTE_PORT"] = $"{remotePort}",
            ["CLUSTER_SEEDS"] = $"{host}:{remoteA},{members[0].Remote}",
        }.Concat(environment.Select(one => KeyValuePair.Create(one.Name, one.Value))));
        started.Add(program);
        return program;
    }

    /// <summary>One ServiceB of the cluster.</summary>
    /// <param name="Inside">What is put before its program.</param>
    public sealed record Member(string Host, int HttpPort, int RemotePort, string[] Inside)
    {
        public Client Client { get; } = new(HttpPort, Host);
        public string Remote => $"{Host}:{RemotePort}";
        public RunningProgram Program { get; set; } = null!;
    }
}
