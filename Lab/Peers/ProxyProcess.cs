using System.Diagnostics;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Peers;

/// <summary>
/// A running proxy with its configuration in a temporary folder. It is started anew for each run, so that it has counted no
/// failure yet; it ends with the run, and with this program, however that ends.
/// </summary>
sealed class ProxyProcess : IAsyncDisposable
{
    // The proxies do not watch their standard input as our services do: a shell does it for them.
    const string UntilInputEnds = """
        trap '' INT QUIT HUP; exec 3<&0
        "$@" 3<&- </dev/null & proxy=$!
        { cat <&3; kill $proxy; } >/dev/null 2>&1 & watch=$!
        exec 3<&-; wait $proxy; code=$?; kill $watch 2>/dev/null; exit $code
        """;

    static readonly TimeSpan stopLimit = TimeSpan.FromSeconds(5);

    readonly Proxy _proxy;
    readonly DirectoryInfo _folder;
    readonly CancellationToken _now;
    readonly ServiceProcess _process;

    ProxyProcess(Proxy proxy, Arm arm, IReadOnlyList<Uri> nodes, int port, TimeProvider time, CancellationToken now)
    {
        (_proxy, _now, Url) = (proxy, now, new Uri($"http://127.0.0.1:{port}/process"));
        _folder = Directory.CreateTempSubdirectory("tiny-peers-");
        File.WriteAllText(Path.Combine(_folder.FullName, proxy.Template),
            ProxyConfiguration.Text(proxy, arm, port, [.. nodes.Select(node => node.Authority)]));
        var start = new ProcessStartInfo("/bin/sh", ["-c", UntilInputEnds, "sh", proxy.Find() ?? proxy.Program, .. proxy.Arguments(_folder.FullName)]);
        _process = ServiceProcess.Start(start, forward: null, time);
    }

    /// <summary>What stands in for ServiceA's endpoint.</summary>
    public Uri Url { get; }

    /// <summary>Starts it, and waits until ServiceB answers through it.</summary>
    /// <exception cref="RunFailedException">It does not start.</exception>
    public static async Task<ProxyProcess> StartAsync(
        Proxy proxy, Arm arm, IReadOnlyList<Uri> nodes, int port, HttpClient http, TimeProvider time, CancellationToken stop, CancellationToken now)
    {
        var started = new ProxyProcess(proxy, arm, nodes, port, time, now);
        try
        {
            await started.ReadyAsync(new Readiness(http, time), stop);
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>One line when it has ended by itself.</summary>
    public string? Death() => _process.Exited.IsCompletedSuccessfully ? $"{_proxy.Name} died during the run{_process.Said}" : null;

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(stopLimit, _now);
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    async Task ReadyAsync(Readiness readiness, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var answer = readiness.WaitAsync(new Uri(Url, "/readyz"), either.Token);
        var complaint = await Task.WhenAny(answer, _process.Exited) == answer ? await answer : "has ended";
        await either.CancelAsync();
        if (complaint is not null)
            throw new RunFailedException($"{_proxy.Name} is not ready: it {complaint}{_process.Said}");
    }
}
