using System.Collections.Immutable;
using System.Net;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>What was seen of the connections of the lab's processes.</summary>
/// <param name="Looks">How often somebody looked.</param>
/// <param name="Processes">At how many processes, the short ones included.</param>
/// <param name="Foreign">The other ends that are not this machine itself.</param>
sealed record Connections(int Looks, int Processes, ImmutableSortedSet<string> Foreign)
{
    public static readonly Connections None = new(0, 0, ImmutableSortedSet<string>.Empty);

    public Connections With(int processes, IEnumerable<IPEndPoint> others) =>
        new(Looks + 1, processes, Foreign.Union(others.Where(other => !IPAddress.IsLoopback(Plain(other.Address))).Select(other => $"{Plain(other.Address)}:{other.Port}")));

    static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

/// <summary>Does the lab do without a network? Nothing of it may be asked from another host.</summary>
static class OfflineCheck
{
    /// <param name="connections">Null: this system does not show them.</param>
    public static Finding OfConnections(Connections? connections) => connections switch
    {
        null => Finding.Unknown("connections", "not checked here: only Linux shows a process's connections as files"),
        { Looks: 0 } => Finding.Unknown("connections", "not checked: nothing ran"),
        { Foreign.Count: 0 } => Finding.Green("connections", $"none but to this machine itself, in {connections.Looks} looks at {connections.Processes} processes"),
        _ => Finding.Red("connections", $"opened to {string.Join(", ", connections.Foreign)}", "unset what points there, such as TINY_URL_A or SERVICE_B"),
    };

    /// <param name="pages">Name and text of all that a browser is given.</param>
    public static Finding OfPages(IReadOnlyList<(string Name, string Text)> pages)
    {
        var foreign = pages.SelectMany(page => ForeignHosts.In(page.Text).Select(host => $"{host} in {page.Name}")).ToList();
        return foreign.Count == 0 ? Finding.Green("pages", $"{pages.Count} pages and assets name no other host")
            : Finding.Red("pages", $"they name {string.Join(", ", foreign)}", "put what is there into the page");
    }
}
