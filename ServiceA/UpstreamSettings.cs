using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA;

/// <summary>Where ServiceB is, unless it is found in a cluster: over remoting, node by node, and over HTTP, for its knobs.</summary>
public sealed record UpstreamSettings(IReadOnlyList<NodeAddress> Nodes, IReadOnlyList<Uri> Urls)
{
    public static UpstreamSettings Read(EnvironmentReader environment) => new(
        environment.List<NodeAddress>(
            "SERVICE_B", [new NodeAddress("127.0.0.1", 5053)], "a list of host:port", NodeAddress.TryParse),
        environment.Urls("SERVICE_B_URL", "http://127.0.0.1:8001"));
}
