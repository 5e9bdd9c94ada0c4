using System.Text.Json.Nodes;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs.Harness;

/// <summary>
/// ServiceA, or several of it, and several ServiceB processes, each on ports of its own, as one cluster. Seeds are the first of each.
/// </summary>
sealed class RunningCluster : IDisposable
{
    readonly List<RunningProgram> started = [];
    readonly ITestOutputHelper screen;
    readonly (string Name, string Value)[] environment;
    readonly List<Member> gateways = [], members = [];
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
        gateways.Add(NewMember(host, []));
        Add(host); // its ports are a seed, whoever starts first
    }

    /// <summary>The first gateway, and its process.</summary>
    public Client A => gateways[0].Client;
    public RunningProgram ServiceA => gateways[0].Program;
    public IReadOnlyList<Member> Gateways => gateways;
    public IReadOnlyList<Member> B => members;

    /// <summary>Starts a ServiceA, for the first time or again, on its own ports.</summary>
    public void StartA(int index = 0)
    {
        while (gateways.Count <= index) gateways.Add(NewMember(host, []));
        Start("ServiceA", gateways[index]);
    }

    /// <summary>Starts a ServiceB, for the first time or again, on its own ports.</summary>
    public Member StartB(int index)
    {
        while (members.Count <= index) Add(host);
        return Start("ServiceB", members[index]);
    }

    /// <summary>A further ServiceB, at an address of its own; not started yet.</summary>
    public void Add(string at, params string[] inside) => members.Add(NewMember(at, inside));

    /// <summary>Waits for more than <see cref="AreUp"/>: each has heard that it is up, so each knows all others.</summary>
    public async Task StartAll(int count)
    {
        StartA();
        for (var index = 0; index < count; index++) StartB(index);
        await AreUp([.. members]);
        await Task.WhenAll(members.Select(member => Pair.IsReady(member.Client)));
    }

    /// <summary>Waits until these, and no others, take attempts in both lanes.</summary>
    public Task AreUp(params Member[] wanted) => AreUpFor(A, wanted);

    /// <summary>The same as another gateway sees it.</summary>
    public static Task AreUpFor(Client gateway, params Member[] wanted) => Until.Fact($"{wanted.Length} nodes take attempts", async () =>
        (await Accepting(gateway, "actor")).SetEquals(wanted.Select(one => one.Remote))
        && (await Accepting(gateway, "http")).SetEquals(wanted.Select(one => $"{one.Host}:{one.HttpPort}")));

    /// <summary>Both ledgers of ServiceA balance, in whole and as the sum of all nodes, gone ones included; so do those of these nodes.</summary>
    public Task Balance(params Member[] there) => BalanceOf(A, there);

    /// <summary>The same of another gateway.</summary>
    public static async Task BalanceOf(Client gateway, params Member[] there)
    {
        foreach (var lane in (string[])["actor", "http"])
        {
            await Books.Requests(gateway, lane);
            var attempts = await Books.Attempts(gateway, lane);
            var nodes = (await gateway.Get("/ledger")).Json["lanes"]![lane]!["nodes"]!.AsObject();
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
        foreach (var member in gateways.Concat(members)) member.Client.Dispose();
    }

    static Member NewMember(string at, string[] inside) => new(at, Ports.Free(), Ports.Free(), inside);

    static async Task<HashSet<string>> Accepting(Client gateway, string lane) =>
        (await gateway.Get("/state")) is not { Status: 200 } state ? [] : [.. state.Json["lanes"]![lane]!["nodes"]!.AsObject()
            .Where(node => (bool)node.Value!["accepting"]!).Select(node => node.Key)];

    Member Start(string project, Member member)
    {
        member.Program = RunningProgram.Start(project, member.Inside, [], new Dictionary<string, string>
        {
            ["HTTP_BIND"] = member.Host,
            ["REMOTE_BIND"] = member.Host,
            ["ALLOWED_HOSTS"] = $"127.0.0.1,{member.Host}",
            ["HTTP_PORT"] = $"{member.HttpPort}",
            ["REMOTE_PORT"] = $"{member.RemotePort}",
            ["CLUSTER_SEEDS"] = $"{gateways[0].Remote},{members[0].Remote}",
        }.Concat(environment.Select(one => KeyValuePair.Create(one.Name, one.Value))));
        started.Add(member.Program);
        return member;
    }

    /// <summary>One process of the cluster, at its own address.</summary>
    /// <param name="Inside">What is put before its program.</param>
    public sealed record Member(string Host, int HttpPort, int RemotePort, string[] Inside)
    {
        public Client Client { get; } = new(HttpPort, Host);
        public string Remote => $"{Host}:{RemotePort}";
        public RunningProgram Program { get; set; } = null!;
    }
}
