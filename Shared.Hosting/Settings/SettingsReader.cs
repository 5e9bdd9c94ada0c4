using System.Net;
using TinyResilient.Shared.Hosting.Remoting;

namespace TinyResilient.Shared.Hosting;

/// <summary>The table "Process settings": names, defaults and what is allowed.</summary>
static class SettingsReader
{
    const string HostName = "an IP address or a host name";

    public static ServiceSettings Read(EnvironmentReader environment, ServiceDefaults defaults)
    {
        var remoting = defaults.RemotePort is null ? new EnvironmentReader(_ => null) : environment;
        var httpBind = environment.Read<IPAddress>("HTTP_BIND", IPAddress.Loopback, "an IP address", TryAddress);
        var httpPort = environment.Whole("HTTP_PORT", defaults.HttpPort, 1, 65535);
        var remoteBind = remoting.Read<string>("REMOTE_BIND", "127.0.0.1", HostName, TryHost);
        var cluster = ClusterSettings.Read(remoting);
        var remotePort = remoting.Whole("REMOTE_PORT", defaults.RemotePort ?? 0, 1, 65535);
        if (remotePort == httpPort)
            environment.Refuse("REMOTE_PORT", $"must differ from HTTP_PORT, which is {httpPort}");
        var publicHost = PublicHost(remoting, remoteBind, isMember: cluster is not null);
        return new ServiceSettings
        {
            Name = defaults.Name,
            HttpBind = httpBind,
            HttpPort = httpPort,
            RemoteBind = remoteBind,
            RemotePort = remotePort,
            RemotePublicHost = publicHost,
            RemoteTls = Tls(remoting),
            Cluster = cluster,
            ControlFrom = environment.Choice("CONTROL_FROM", ControlFrom.Loopback),
            ControlToken = Token(environment),
            AllowedHosts = environment.List<string>("ALLOWED_HOSTS",
                [.. new[] { "localhost", "127.0.0.1", "[::1]", defaults.Name }.Union(cluster is null ? [] : Other(publicHost))], "a list of host names without ports", TryHostHeader),
            LogLevel = environment.Choice("LOG_LEVEL", LogLimit.Info),
            LogFormat = environment.Choice("LOG_FORMAT", LogFormat.Text),
            ExitWithParent = environment.Flag("EXIT_WITH_PARENT", false),
        };
    }

    // A member is asked over HTTP by the name that it has in the cluster.
    static string[] Other(string publicHost) =>
        publicHost == "127.0.0.1" || !TryHostHeader(publicHost, out var header) ? [] : [header];

    // Members tell each other their names, so a member may have one that nobody can know beforehand.
    static string PublicHost(EnvironmentReader environment, string remoteBind, bool isMember)
    {
        if (isMember && remoteBind is "0.0.0.0" or "::")
            return environment.Read<string>("REMOTE_PUBLIC_HOST", Dns.GetHostName(), HostName, TryHost);
        if (environment.Find("REMOTE_PUBLIC_HOST") is null && remoteBind is "0.0.0.0" or "::")
            environment.Refuse("REMOTE_PUBLIC_HOST", $"must be set, because nobody can address REMOTE_BIND {remoteBind}");
        return environment.Read<string>("REMOTE_PUBLIC_HOST", remoteBind, HostName, TryHost);
    }

    static Secret? Token(EnvironmentReader environment)
    {
        var token = environment.Find("CONTROL_TOKEN");
        // Whoever sets blanks believes that there is a token
        if (environment.IsBlank("CONTROL_TOKEN") || token?.Length > 256 || token?.Any(c => c is <= ' ' or > '~') == true)
            environment.Refuse("CONTROL_TOKEN", "must be 1 to 256 visible ASCII characters without blanks");
        return token is null ? null : new Secret(token);
    }

    static RemoteTls? Tls(EnvironmentReader environment)
    {
        const string certificate = "REMOTE_TLS_CERT";
        var pins = environment.List<string>("REMOTE_TLS_PIN", [], "a list of thumbprints of 40 or 64 hex digits", TryPin);
        var password = environment.Find("REMOTE_TLS_PASSWORD");
        if (environment.Find(certificate) is not { } path)
        {
            if (password is not null || pins.Count > 0)
                environment.Refuse(certificate, "must be set when REMOTE_TLS_PASSWORD or REMOTE_TLS_PIN is");
            return null;
        }
        if (!File.Exists(path))
            environment.Refuse(certificate, path, "a file that exists");
        return new RemoteTls(path, password is null ? null : new Secret(password), pins);
    }

    // IPAddress.TryParse takes "1" for 0.0.0.1; nobody means that.
    static bool TryAddress(string text, out IPAddress address)
    {
        if (text == "localhost")
            text = "127.0.0.1";
        return IPAddress.TryParse(text, out address!) && (text.Contains(':') || text.Count(c => c == '.') == 3);
    }

    static bool TryHost(string text, out string host)
    {
        host = text;
        return Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
    }

    static bool TryHostHeader(string text, out string host)
    {
        host = text.Trim('[', ']');
        if (!TryHost(host, out _))
            return false;
        if (host.Contains(':'))
            host = $"[{host}]";
        return true;
    }

    static bool TryPin(string text, out string pin)
    {
        pin = text.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
        return pin.Length is 40 or 64 && pin.All(char.IsAsciiHexDigit);
    }
}
