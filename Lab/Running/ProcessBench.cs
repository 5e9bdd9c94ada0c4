using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TinyResilient.Lab.Peers;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Running;

/// <summary>
/// Processes of its own on free ports, or running ones that it only borrows.
/// </summary>
sealed class ProcessBench : Bench
{
    // Below the ports that systems give to outgoing connections, so that nobody takes a killed service's port.
    const int FirstPort = 10_000, LastPort = 20_000;

    static readonly TimeSpan stopLimit = TimeSpan.FromSeconds(5);
    static readonly TimeSpan deathLimit = TimeSpan.FromSeconds(1.5);

    // What programs need to start; knobs and settings of the caller would change the result.
    static readonly HashSet<string> inherited = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LANG", "TZ", "TMPDIR", "TEMP", "TMP", "LD_LIBRARY_PATH",
        "SystemRoot", "SystemDrive", "ComSpec", "PATHEXT", "USERNAME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "ProgramData", "ProgramFiles",
    };

    static int nextPort = FirstPort + Environment.ProcessId * 64 % (LastPort - FirstPort);

    readonly List<(Service Service, PortPlan Ports, ServiceProcess Process)> _processes = [];
    readonly TimeProvider _time;
    readonly HttpClient _http;
    readonly CancellationToken _now;

    ProcessBench(TimeProvider time, HttpClient http, Uri serviceA, IReadOnlyList<Uri> serviceB, bool isOwn, CancellationToken now)
        : base(http, serviceA, serviceB) => (_time, _http, IsOwn, _now) = (time, http, isOwn, now);

    public override bool IsOwn { get; }

    public static ProcessBench Attach(Uri serviceA, IReadOnlyList<Uri> serviceB, HttpClient http, TimeProvider time) =>
        new(time, http, serviceA, serviceB, isOwn: false, now: default);

    /// <summary>Starts one ServiceA and so many ServiceB, and waits until they are ready.</summary>
    /// <param name="now">Kills them at once when they are to end.</param>
    /// <exception cref="RunFailedException">One of them did not start.</exception>
    public static async Task<ProcessBench> StartAsync(int nodes, HttpClient http, TimeProvider time, CancellationToken stop, CancellationToken now)
    {
        if (Service.All.Select(ServicePrograms.Missing).FirstOrDefault(missing => missing is not null) is { } missing)
            throw new RunFailedException(missing);
        var ports = FreePorts(2 + 2 * nodes);
        var plans = Enumerable.Range(0, nodes)
            .Select(node => new PortPlan(ports[0], ports[2 + 2 * node], ports[1], ports[3 + 2 * node])).ToList();
        var bench = new ProcessBench(time, http, plans[0].Url(Service.A), [.. plans.Select(plan => plan.Url(Service.B))], isOwn: true, now);
        try
        {
            foreach (var plan in plans)
                bench.Start(Service.B, plan, []);
            bench.Start(Service.A, plans[0], new()
            {
                ["SERVICE_B"] = string.Join(',', plans.Select(plan => $"127.0.0.1:{plan.RemoteB}")),
                ["SERVICE_B_URL"] = string.Join(',', plans.Select(plan => $"http://127.0.0.1:{plan.HttpB}")),
            });
            await bench.ReadyAsync(stop);
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    public override async Task<ProxyProcess?> StartProxyAsync(Arm arm, CancellationToken stop) => arm.Proxy is not { } proxy ? null
        : await ProxyProcess.StartAsync(proxy, arm, ServiceB, FreePorts(1)[0], _http, _time, stop, _now);

    public override void Kill(int node)
    {
        if (Node(node).Process.Identity is not { } running || !Signals.Send(running.Pid, Signal.Kill))
            throw new RunFailedException($"service-b {node + 1} was to be killed, but is not running");
    }

    public override async Task RestartAsync(int node, IEnumerable<KeyValuePair<string, object>> knobs)
    {
        var (service, ports, process) = Node(node);
        await process.Exited;
        process.Dispose();
        _processes.RemoveAt(node);
        Start(service, ports, knobs.ToDictionary(knob => knob.Key, knob => Convert.ToString(knob.Value, CultureInfo.InvariantCulture)!), node);
    }

    public override async Task ReadyAsync(CancellationToken stop)
    {
        foreach (var (service, plan, process) in _processes.ToList())
            await ReadyAsync(service, plan, process, stop);
    }

    public override string? Death() => _processes
        .Where(one => one.Process.Exited.IsCompletedSuccessfully)
        .Select(one => $"{one.Service.Name} died during the run ({ExitWords.Of(CodeOf(one.Process), OperatingSystem.IsWindows())}){one.Process.Said}")
        .FirstOrDefault();

    public override async Task<string?> DeathAsync()
    {
        if (_processes.Count > 0)
            await Task.WhenAny([.. _processes.Select(one => one.Process.Exited), Task.Delay(deathLimit, _time, CancellationToken.None)]);
        return Death();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var (_, _, process) in _processes.AsEnumerable().Reverse()) // A first
        {
            await process.StopAsync(stopLimit, _now);
            process.Dispose();
        }
        _processes.Clear();
    }

    (Service Service, PortPlan Ports, ServiceProcess Process) Node(int node) => _processes[node];

    static bool IsInherited(string name) => inherited.Contains(name)
        || name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("LC_", StringComparison.Ordinal);

    void Start(Service service, PortPlan ports, Dictionary<string, string> more, int? index = null)
    {
        var environment = service.Environment(ports).Concat(more)
            .Append(new("LOG_LEVEL", "warn"))
            .GroupBy(one => one.Key).ToDictionary(group => group.Key, group => group.Last().Value);
        var process = ServiceProcess.Start(service, environment, forward: null, _time, IsInherited);
        _processes.Insert(index ?? _processes.Count, (service, ports, process));
    }

    async Task ReadyAsync(Service service, PortPlan plan, ServiceProcess process, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var answer = new Readiness(_http, _time).WaitAsync(service.Ready(plan), either.Token);
        var complaint = await Task.WhenAny(answer, process.Exited) == answer ? await answer : "has ended";
        await either.CancelAsync();
        if (complaint is not null)
            throw new RunFailedException($"{service.Name} is not ready: it {complaint}{process.Said}");
    }

    // Only asked once it is completed.
    static int CodeOf(ServiceProcess process) => process.Exited.GetAwaiter().GetResult();

    // All are held until the last is found, so that none is found twice.
    static List<int> FreePorts(int count)
    {
        var held = new List<TcpListener>();
        for (var tried = FirstPort; held.Count < count && tried < LastPort; tried++)
        {
            var port = FirstPort + Interlocked.Increment(ref nextPort) % (LastPort - FirstPort);
            var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                held.Add(listener);
            }
            catch (SocketException)
            {
                listener.Dispose(); // taken
            }
        }
        var ports = held.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToList();
        foreach (var listener in held)
            listener.Dispose();
        return ports.Count == count ? ports : throw new RunFailedException($"no {count} free ports in {FirstPort}..{LastPort}");
    }
}
