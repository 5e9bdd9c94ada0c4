namespace TinyResilient.Lab.Processes;

/// <summary>Which ports a lab uses. A lab is known by the first of them, ServiceA's.</summary>
/// <param name="HttpLab">Of the stage; 0: there is none.</param>
sealed record PortPlan(int HttpA, int HttpB, int RemoteA, int RemoteB, int HttpLab = 0)
{
    public const int DefaultBase = 8000;

    const int LastPort = 65535;

    /// <summary>The highest base that leaves room for the other four.</summary>
    public const int LastBase = LastPort - 4;

    /// <summary>The documented ports for the default base; any other base is the first of five in a row.</summary>
    public static PortPlan From(int portBase) => portBase == DefaultBase
        ? new(DefaultBase, 8001, 5054, 5053, 8080)
        : new(portBase, portBase + 1, portBase + 2, portBase + 3, portBase + 4);

    /// <summary>How many ServiceB there are; several are a cluster with ServiceA.</summary>
    public int Nodes { get; init; } = 1;

    public bool IsCluster => Nodes > 1;

    /// <summary>One line where there is no room for so many nodes above the base, otherwise null.</summary>
    public string? NoRoom => RemoteOf(Nodes) <= LastPort ? null
        : $"--nodes {Nodes} needs ports up to {RemoteOf(Nodes)}: choose lower ones with --port-base.";

    /// <summary>Of one ServiceB, from 1. The further ones follow in a row, by the default base on 8002 and 5055, by any other in pairs.</summary>
    public int HttpOf(int node) => node == 1 ? HttpB : HttpA == DefaultBase ? DefaultBase + node : HttpA + 1 + 2 * node;

    public int RemoteOf(int node) => node == 1 ? RemoteB : HttpA == DefaultBase ? RemoteB + node : HttpA + 2 + 2 * node;

    public Uri Url(Service service) => new($"http://127.0.0.1:{service.HttpPort(this)}/");

    /// <summary>Every port with what it is for, in the order in which they are checked.</summary>
    public IReadOnlyList<(int Port, string Purpose)> Needed =>
    [
        (HttpA, $"HTTP of {Service.A.Name}"),
        (HttpB, $"HTTP of {Service.B.Name}"),
        (RemoteA, $"remoting of {Service.A.Name}"),
        (RemoteB, $"remoting of {Service.B.Name}"),
        (HttpLab, "the stage"),
        .. Service.With(Nodes).Where(service => service.Node > 1).SelectMany(service => ((int, string)[])
            [(HttpOf(service.Node), $"HTTP of {service.Name}"), (RemoteOf(service.Node), $"remoting of {service.Name}")]),
    ];

    /// <summary>One line for the first port that is taken, or null when all are free.</summary>
    public string? Complaint(Func<int, bool> isTaken)
    {
        var (port, purpose) = Needed.FirstOrDefault(needed => isTaken(needed.Port));
        return port == 0 ? null
            : $"Port {port} ({purpose}) is taken: choose other ports with --port-base, "
                + $"e.g. --port-base {Elsewhere}.";
    }

    int Elsewhere => HttpA + 1000 <= LastBase ? HttpA + 1000 : HttpA - 1000;
}
