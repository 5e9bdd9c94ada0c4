using System.Globalization;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Running;

namespace TinyResilient.Lab.Virtual;

/// <summary>The services of a world. What happens to processes happens to its hosts.</summary>
sealed class VirtualBench : Bench
{
    // A ServiceB process takes about that long until it is reached
    static readonly TimeSpan processStart = TimeSpan.FromSeconds(1);

    readonly World _world;
    readonly HttpClient _http;
    readonly List<VirtualHost> _nodes = [];

    VirtualBench(World world, HttpClient http, int nodes)
        : base(http, World.UrlOfA, [.. Enumerable.Range(0, nodes).Select(World.UrlOfB)]) => (_world, _http) = (world, http);

    public override bool IsOwn => true;

    public override bool IsExact => true;

    public override HttpMessageHandler NewLoadHandler() => _world.Network.NewHandler();

    public static async Task<VirtualBench> StartAsync(World world, int nodes, CancellationToken stop)
    {
        var http = new HttpClient(world.Network.NewHandler())
        {
            Timeout = Timeout.InfiniteTimeSpan, // it would count on the machine's clock
        };
        var bench = new VirtualBench(world, http, nodes);
        for (var node = 0; node < nodes; node++)
            bench._nodes.Add(await world.StartBAsync(node, []));
        await world.StartAAsync(nodes);
        await bench.ReadyAsync(stop);
        return bench;
    }

    public override void Kill(int node) => _nodes[node].Kill();

    public override async Task RestartAsync(int node, IEnumerable<KeyValuePair<string, object>> knobs)
    {
        await Task.Delay(processStart, _world.Clock);
        _nodes[node] = await _world.StartBAsync(
            node, knobs.ToDictionary(knob => knob.Key, knob => Convert.ToString(knob.Value, CultureInfo.InvariantCulture)!));
    }

    public override async Task ReadyAsync(CancellationToken stop)
    {
        foreach (var service in ServiceB.Append(ServiceA))
        {
            if (await new Readiness(_http, _world.Clock).WaitAsync(new Uri(service, "readyz"), stop) is { } complaint)
                throw new RunFailedException($"{service} is not ready: it {complaint}");
        }
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return default;
    }
}
