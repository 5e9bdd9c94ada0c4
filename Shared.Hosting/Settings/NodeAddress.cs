using System.Globalization;

namespace TinyResilient.Shared.Hosting;

/// <summary>Where a process listens for remoting, as it advertises itself.</summary>
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
