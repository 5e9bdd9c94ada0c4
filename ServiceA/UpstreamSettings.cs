using System.Globalization;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA;

/// <summary>Where a ServiceB node listens for remoting, as it advertises itself.</summary>
public sealed record NodeAddress(string Host, int Port)
{
    public override string ToString() => $"{Host}:{Port}";

    public static bool TryParse(string text, out NodeAddress address)
    {
        var colon = text.LastIndexOf(':');
        address = new NodeAddress(colon < 0 ? text : text[..colon], 0);
        if (colon < 0 || Uri.CheckHostName(address.Host) == UriHostNameType.Unknown) return false;
        var isPort = int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port);
        address = address with { Port = port };
        return isPort && port is >= 1 and <= 65535;
    }
}

/// <summary>Where ServiceB is: over remoting, node by node, and over HTTP, for its knobs.</summary>
public sealed record UpstreamSettings(IReadOnlyList<NodeAddress> Nodes, IReadOnlyList<Uri> Urls)
{
    public static UpstreamSettings Read(EnvironmentReader environment) => new(
        environment.List<NodeAddress>(
            "SERVICE_B", [new NodeAddress("127.0.0.1", 5053)], "a list of host:port", NodeAddress.TryParse),
        environment.Urls("SERVICE_B_URL", "http://127.0.0.1:8001"));
}
