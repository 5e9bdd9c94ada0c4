using System.Net;
using TinyResilient.Shared.Hosting.Remoting;

namespace TinyResilient.Shared.Hosting;

/// <summary>Who may change something.</summary>
public enum ControlFrom { Loopback, Any }

public enum LogFormat { Text, Json }

/// <summary>How much is logged, from everything to almost nothing.</summary>
public enum LogLimit { Trace, Debug, Info, Warn, Error }

/// <summary>What differs between the services.</summary>
/// <param name="Name">Host name of the service, e.g. <c>service-a</c>.</param>
/// <param name="RemotePort">Null: it has no remoting, and reads no setting of it.</param>
public sealed record ServiceDefaults(string Name, int HttpPort, int? RemotePort);

/// <summary>
/// What a process is told once, at its start, by the environment. Settings that can be changed while it
/// runs are knobs. Token and password are <see cref="Secret"/>s, so logging the record is safe.
/// </summary>
public sealed record ServiceSettings
{
    public required string Name { get; init; }

    /// <summary>An IP address.</summary>
    public required IPAddress HttpBind { get; init; }
    public required int HttpPort { get; init; }

    /// <summary>An IP address or a host name of this machine.</summary>
    public required string RemoteBind { get; init; }
    public required int RemotePort { get; init; }

    /// <summary>The host by which the other service must address this one, letter for letter.</summary>
    public required string RemotePublicHost { get; init; }

    /// <summary>Null: remoting is plain TCP.</summary>
    public RemoteTls? RemoteTls { get; init; }

    /// <summary>Null: this process is in no cluster.</summary>
    public ClusterSettings? Cluster { get; init; }

    public required ControlFrom ControlFrom { get; init; }

    /// <summary>Null: no token is asked for.</summary>
    public Secret? ControlToken { get; init; }

    /// <summary>Host names without port, as a Host header has them: an IPv6 address stands in brackets.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    public required LogLimit LogLevel { get; init; }
    public required LogFormat LogFormat { get; init; }

    /// <summary>Stop when standard input ends, as it does when the process that started this one is gone.</summary>
    public required bool ExitWithParent { get; init; }

    /// <summary>Reads all settings. What is wrong with them is collected in <paramref name="environment"/>.</summary>
    public static ServiceSettings Read(EnvironmentReader environment, ServiceDefaults defaults) =>
        SettingsReader.Read(environment, defaults);
}
