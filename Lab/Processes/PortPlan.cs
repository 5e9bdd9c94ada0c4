namespace TinyResilient.Lab.Processes;

/// <summary>Which ports a lab uses. A lab is known by the first of them, ServiceA's.</summary>
/// <param name="HttpLab">Of the stage; 0: there is none.</param>
sealed record PortPlan(int HttpA, int HttpB, int RemoteA, int RemoteB, int HttpLab = 0)
{
    public const int DefaultBase = 8000;

    /// <summary>The highest base that leaves room for the other four.</summary>
    public const int LastBase = 65535 - 4;

    /// <summary>The documented ports for the default base; any other base is the first of five in a row.</summary>
    public static PortPlan From(int portBase) => portBase == DefaultBase
        ? new(DefaultBase, 8001, 5054, 5053, 8080)
        : new(portBase, portBase + 1, portBase + 2, portBase + 3, portBase + 4);

    public Uri Url(Service service) => new($"http://127.0.0.1:{service.HttpPort(this)}/");

    /// <summary>Every port with what it is for, in the order in which they are checked.</summary>
    public IReadOnlyList<(int Port, string Purpose)> Needed =>
    [
        (HttpA, $"HTTP of {Service.A.Name}"),
        (HttpB, $"HTTP of {Service.B.Name}"),
        (RemoteA, $"remoting of {Service.A.Name}"),
        (RemoteB, $"remoting of {Service.B.Name}"),
        (HttpLab, "the stage"),
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
