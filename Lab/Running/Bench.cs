using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TinyResilient.Lab.Processes;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Running;

/// <summary>A run cannot go on; the line says why.</summary>
sealed class RunFailedException(string line) : Exception(line);

/// <summary>
/// The services under test: processes of its own on free ports, or running ones that it only borrows. Ends what it has
/// started, whatever happens, and nothing else.
/// </summary>
sealed class Bench : IAsyncDisposable
{
    const int LinesKept = 20;
    static readonly TimeSpan stopLimit = TimeSpan.FromSeconds(5);

    readonly List<(Service Service, PortPlan Ports, ServiceProcess Process)> _processes = [];
    readonly Queue<string> _lines = [];
    readonly TimeProvider _time;
    readonly HttpClient _http;

    Bench(TimeProvider time, HttpClient http, Uri serviceA, IReadOnlyList<Uri> serviceB, bool isOwn)
    {
        (_time, _http, ServiceA, ServiceB, IsOwn) = (time, http, serviceA, serviceB, isOwn);
        Controls = new(http, serviceA, serviceB);
    }

    public Uri ServiceA { get; }

    public IReadOnlyList<Uri> ServiceB { get; }

    /// <summary>False where the services are somebody else's: their processes are left alone.</summary>
    public bool IsOwn { get; }

    public Controls Controls { get; }

    public static Bench Attach(Uri serviceA, IReadOnlyList<Uri> serviceB, HttpClient http, TimeProvider time) =>
        new(time, http, serviceA, serviceB, isOwn: false);

    /// <summary>Starts one ServiceA and so many ServiceB, and waits until they are ready.</summary>
    /// <exception cref="RunFailedException">One of them did not start.</exception>
    public static async Task<Bench> StartAsync(int nodes, HttpClient http, TimeProvider time, CancellationToken stop)
    {
        var ports = FreePorts(2 + 2 * nodes);
        var plans = Enumerable.Range(0, nodes)
            .Select(node => new PortPlan(ports[0], ports[2 + 2 * node], ports[1], ports[3 + 2 * node])).ToList();
        var bench = new Bench(time, http, plans[0].Url(Service.A), [.. plans.Select(plan => plan.Url(Service.B))], isOwn: true);
        try
        {
            foreach (var plan in plans)
                bench.Start(Service.B, plan, []);
            bench.Start(Service.A, plans[0], new()
            {
                ["SERVICE_B"] = string.Join(',', plans.Select(plan => $"127.0.0.1:{plan.RemoteB}")),
                ["SERVICE_B_URL"] = string.Join(',', plans.Select(plan => $"http://127.0.0.1:{plan.HttpB}")),
            });
            foreach (var (service, plan, process) in bench._processes.ToList())
                await bench.ReadyAsync(service, plan, process, stop);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills a ServiceB at once.</summary>
    /// <param name="node">From 0.</param>
    public void Kill(int node)
    {
        if (Node(node).Process.Identity is not { } running || !Signals.Send(running.Pid, Signal.Kill))
            throw new RunFailedException($"service-b {node + 1} was to be killed, but is not running");
    }

    /// <summary>Starts a ServiceB that was killed, on its old ports.</summary>
    /// <param name="knobs">What it begins with.</param>
    public void Restart(int node, IEnumerable<KeyValuePair<string, object>> knobs)
    {
        var (service, ports, process) = Node(node);
        process.Dispose();
        var index = _processes.FindIndex(one => one.Process == process);
        _processes.RemoveAt(index);
        Start(service, ports, knobs.ToDictionary(knob => knob.Key, knob => Convert.ToString(knob.Value, CultureInfo.InvariantCulture)!), index);
    }

    /// <summary>One line when a process has ended that nobody killed.</summary>
    public string? Death(int? killed) => _processes
        .Where((one, index) => one.Process.Exited.IsCompleted && index != killed)
        .Select(one => $"{one.Service.Name} died during the run ({ExitWords.Of(CodeOf(one.Process), OperatingSystem.IsWindows())})"
            + $"{(LastLine() is { } last ? $": {last}" : "")}")
        .FirstOrDefault();

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, _, process) in _processes.AsEnumerable().Reverse()) // A first
        {
            await process.StopAsync(stopLimit, CancellationToken.None);
            process.Dispose();
        }
        _processes.Clear();
    }

    (Service Service, PortPlan Ports, ServiceProcess Process) Node(int node) => _processes[node];

    void Start(Service service, PortPlan ports, Dictionary<string, string> more, int? index = null)
    {
        var environment = service.Environment(ports).Concat(more)
            .Append(new("LOG_LEVEL", "warn"))
            .GroupBy(one => one.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        var process = ServiceProcess.Start(service, environment, Keep, _time);
        _processes.Insert(index ?? _processes.Count, (service, ports, process));
    }

    async Task ReadyAsync(Service service, PortPlan plan, ServiceProcess process, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var answer = new Readiness(_http, _time).WaitAsync(service.Ready(plan), either.Token);
        var complaint = await Task.WhenAny(answer, process.Exited) == answer ? await answer : "has ended";
        await either.CancelAsync();
        if (complaint is not null)
            throw new RunFailedException($"{service.Name} is not ready: it {complaint}"
                + (LastLine() is { } last ? $"; its last line: {last}" : ""));
    }

    void Keep(string line)
    {
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
                _lines.Dequeue();
        }
    }

    string? LastLine()
    {
        lock (_lines)
            return _lines.LastOrDefault();
    }

    // Only asked once it is completed.
    static int CodeOf(ServiceProcess process) => process.Exited.GetAwaiter().GetResult();

    // All are held until the last is found, so that none is found twice.
    static List<int> FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners)
            listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }
}
