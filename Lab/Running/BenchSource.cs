namespace TinyResilient.Lab.Running;

/// <summary>Where benches come from: fresh processes, or services that run already.</summary>
/// <param name="serviceA">Of running services; null: fresh processes.</param>
/// <param name="now">Kills the processes of every bench at once.</param>
sealed class BenchSource(Uri? serviceA, IReadOnlyList<Uri> serviceB, TimeProvider time, CancellationToken now = default) : IDisposable
{
    readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
    })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Whether the services are somebody else's.</summary>
    public bool IsAttached => serviceA is not null;

    /// <summary>In the report.</summary>
    public string Words => serviceA is null ? "own processes" : $"running services at {serviceA}";

    /// <exception cref="RunFailedException">They do not start, or are not ours.</exception>
    public async Task<Bench> OpenAsync(int nodes, CancellationToken stop)
    {
        if (serviceA is null)
            return await ProcessBench.StartAsync(nodes, _http, time, stop, now);
        var bench = ProcessBench.Attach(serviceA, serviceB, _http, time);
        return await bench.Controls.StrangerAsync(stop) is { } stranger ? throw new RunFailedException(stranger) : bench;
    }

    public void Dispose() => _http.Dispose();
}
