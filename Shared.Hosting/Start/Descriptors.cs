using System.Runtime.InteropServices;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// How the files that a process may have open are shared out. .NET ends a process with "Out of memory" that cannot open
/// one of its own, and needs two for each assembly; so what strangers can open is bounded, and all bounds together stay
/// below the limit.
/// </summary>
/// <param name="Limit">Files that may be open, connections among them.</param>
/// <param name="Http">Connections at the HTTP port: as many as there can be requests in flight, and then some.</param>
/// <param name="Remoting">Connections at the remoting port: each peer has one or two.</param>
/// <param name="Upstream">Connections that lane <c>http</c> may open to a node.</param>
public sealed record Descriptors(int Limit, int Http, int Remoting, int Upstream)
{
    // Seen: 280 after a request to every address, without TLS and cluster
    const int Own = 320;

    // Windows has no limit, containers often a million; memory is bounded as well
    const int Most = 100_000;

    public static Descriptors OfThisProcess { get; } = Of(SoftLimit());

    internal static Descriptors Of(long limit)
    {
        var most = (int)Math.Min(limit, Most);
        var room = Math.Max(most - Own, 16);
        var remoting = Math.Min(room / 8, 1_000);
        var upstream = room * 3 / 8;
        return new(most, room - remoting - upstream, remoting, upstream);
    }

    static long SoftLimit()
    {
        // RLIMIT_NOFILE; the runtime has raised the soft limit to the hard one before we come here
        var resource = OperatingSystem.IsLinux() ? 7 : 8;
        return !OperatingSystem.IsWindows() && GetLimit(resource, out var limit) == 0 && limit.Soft >= 0
            ? limit.Soft
            : Most;
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    static extern int GetLimit(int resource, out Limits limits);

    [StructLayout(LayoutKind.Sequential)]
    struct Limits
    {
        public nint Soft;
        public nint Hard;
    }
}
