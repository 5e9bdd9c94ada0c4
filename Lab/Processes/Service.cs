using System.Globalization;

namespace TinyResilient.Lab.Processes;

/// <summary>A service that Lab starts, and what Lab tells it; it keeps no state.</summary>
/// <param name="Name">As on the command line and in front of its log lines: <c>service-b</c>, <c>service-b-2</c>.</param>
/// <param name="Project">Folder and file of its program: <c>ServiceB</c>.</param>
/// <param name="Node">Of ServiceB: which one, from 1; 0 for ServiceA.</param>
sealed record Service(string Name, string Project, int Node = 0)
{
    /// <summary>As many as the names that are known beforehand, and the ports that are kept for them.</summary>
    public const int MostNodes = 20;

    public static readonly Service A = new("service-a", "ServiceA");
    public static readonly Service B = new("service-b", "ServiceB", Node: 1);

    /// <summary>In the order in which they stop: A first, so that its requests still find B.</summary>
    public static readonly IReadOnlyList<Service> All = [A, B];

    /// <summary>ServiceA and so many ServiceB, in the same order.</summary>
    public static IReadOnlyList<Service> With(int nodes) => [.. All, .. Enumerable.Range(2, nodes - 1)
        .Select(node => B with { Name = string.Create(CultureInfo.InvariantCulture, $"{B.Name}-{node}"), Node = node })];

    /// <summary>The service of that name, in whichever lab; null where there is none.</summary>
    public static Service? Find(string name) => With(MostNodes).FirstOrDefault(service => service.Name == name);

    public int HttpPort(PortPlan ports) => this == A ? ports.HttpA : ports.HttpOf(Node);

    public Uri Ready(PortPlan ports) => new(ports.Url(this), "readyz");

    /// <summary>
    /// The environment variables that Lab decides; every other one, knobs above all, is the caller's.
    /// All services stay on loopback whatever the caller's environment says. Several nodes are a cluster; both seeds
    /// are needed, so that either of them finds the other again when it was killed.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment(PortPlan ports)
    {
        var environment = new Dictionary<string, string>
        {
            ["HTTP_BIND"] = "127.0.0.1",
            ["HTTP_PORT"] = $"{HttpPort(ports)}",
            ["REMOTE_BIND"] = "127.0.0.1",
            ["REMOTE_PUBLIC_HOST"] = "127.0.0.1",
            ["REMOTE_PORT"] = $"{(this == A ? ports.RemoteA : ports.RemoteOf(Node))}",
            ["SERVICE_B"] = $"127.0.0.1:{ports.RemoteB}",
            ["SERVICE_B_URL"] = $"http://127.0.0.1:{ports.HttpB}",
            ["CLUSTER_SEEDS"] = ports.IsCluster ? $"127.0.0.1:{ports.RemoteA},127.0.0.1:{ports.RemoteB}" : "",
            ["EXIT_WITH_PARENT"] = "true",
        };
        if (!ports.IsCluster) environment["CLUSTER_DOWN_AFTER_S"] = "";
        return environment;
    }
}
