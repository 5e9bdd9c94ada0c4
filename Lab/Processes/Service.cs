namespace TinyResilient.Lab.Processes;

/// <summary>A service that Lab starts, and what Lab tells it; it keeps no state.</summary>
/// <param name="Name">As on the command line and in front of its log lines: <c>service-b</c>.</param>
/// <param name="Project">Folder and file of its program: <c>ServiceB</c>.</param>
sealed record Service(string Name, string Project)
{
    public static readonly Service A = new("service-a", "ServiceA");
    public static readonly Service B = new("service-b", "ServiceB");

    /// <summary>In the order in which they stop: A first, so that its requests still find B.</summary>
    public static readonly IReadOnlyList<Service> All = [A, B];

    public int HttpPort(PortPlan ports) => this == A ? ports.HttpA : ports.HttpB;

    public Uri Ready(PortPlan ports) => new(ports.Url(this), "readyz");

    /// <summary>
    /// The environment variables that Lab decides; every other one, knobs above all, is the caller's.
    /// Both services stay on loopback whatever the caller's environment says.
    /// </summary>
    public IReadOnlyDictionary<string, string> Environment(PortPlan ports) => new Dictionary<string, string>
    {
        ["HTTP_BIND"] = "127.0.0.1",
        ["HTTP_PORT"] = $"{HttpPort(ports)}",
        ["REMOTE_BIND"] = "127.0.0.1",
        ["REMOTE_PUBLIC_HOST"] = "127.0.0.1",
        ["REMOTE_PORT"] = $"{(this == A ? ports.RemoteA : ports.RemoteB)}",
        ["SERVICE_B"] = $"127.0.0.1:{ports.RemoteB}",
        ["SERVICE_B_URL"] = $"http://127.0.0.1:{ports.HttpB}",
        ["EXIT_WITH_PARENT"] = "true",
    };
}
