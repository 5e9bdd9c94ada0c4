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

    /// <param name="environment">Knobs and settings of all.</param>
    public RunningCluster(ITestOutputHelper screen, params (string Name, string Value)[] environment)
    {
        (this.screen, this.environment) = (screen, environment);
        A = new Client(httpA);
        NewMember(); // its ports are a seed, whoever starts first
    }

    public Client A { get; }
    public RunningProgram ServiceA { get; private set; } = null!;
    public IReadOnlyList<Member> B => members;

    public void StartA() => ServiceA = Start("ServiceA", httpA, remoteA);

    /// <summary>Starts a ServiceB, for the first time or again, on its own ports.</summary>
    public Member StartB(int index)
    {
        while (members.Count <= index) NewMember();
        members[index].Program = Start("ServiceB", members[index].HttpPort, members[index].RemotePort);
        return members[index];
    }

    public async Task StartAll(int count)
    {
        StartA();
        for (var index = 0; index < count; index++) StartB(index);
        await AreUp([.. members]);
    }

    /// <summary>Waits until these, and no others, take attempts in both lanes.</summary>
    public Task AreUp(params Member[] wanted) => Until.Fact($"{wanted.Length} nodes take attempts", async () =>
        (await Accepting("actor")).SetEquals(wanted.Select(one => $"127.0.0.1:{one.RemotePort}"))
        && (await Accepting("http")).SetEquals(wanted.Select(one => $"127.0.0.1:{one.HttpPort}")));

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

    void NewMember() => members.Add(new Member(Ports.Free(), Ports.Free()));

    RunningProgram Start(string project, int httpPort, int remotePort)
    {
        var program = RunningProgram.Start(project, [], new Dictionary<string, string>
        {
            ["HTTP_PORT"] = $"{httpPort}",
            ["REMOTE_PORT"] = $"{remotePort}",
            ["CLUSTER_SEEDS"] = $"127.0.0.1:{remoteA},127.0.0.1:{members[0].RemotePort}",
        }.Concat(environment.Select(one => KeyValuePair.Create(one.Name, one.Value))));
        started.Add(program);
        return program;
    }

    /// <summary>One ServiceB of the cluster.</summary>
    public sealed record Member(int HttpPort, int RemotePort)
    {
        public Client Client { get; } = new(HttpPort);
        public RunningProgram Program { get; set; } = null!;
    }
}
