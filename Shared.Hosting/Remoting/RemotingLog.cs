using Akka.Event;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>Reads Akka's log entries: which come from remoting, which of those are routine, and their text.</summary>
static class RemotingLog
{
    const int MaxLine = 400;

    static readonly string[] RemotingSources = ["remoting", "/system/endpointManager", "/system/transports"];

    // Said once more than needed, or of no use to a reader of the log: the connection actor tells it in its own words
    static readonly string[] Routine =
    [
        "Tried to associate with unreachable remote address",
        "Association with remote system {0} has failed; address is now gated",
        "Association to [{0}] with unknown UID is irrecoverably failed",
        "Disassociated",
        "Removing receive buffers",
        "Starting remoting",
        "Shutting down remote daemon",
        "Remote daemon shut down",
    ];

    internal static bool IsFromRemoting(LogEvent entry) =>
        entry.LogClass.Namespace?.StartsWith("Akka.Remote", StringComparison.Ordinal) == true
        || RemotingSources.Any(source => entry.LogSource.Contains(source, StringComparison.Ordinal));

    internal static bool IsRoutine(LogEvent entry) =>
        Routine.Any(start => Template(entry).StartsWith(start, StringComparison.Ordinal));

    /// <summary>What two entries must share to count as alike.</summary>
    internal static string Kind(LogEvent entry) =>
        entry.Cause is null ? Template(entry) : $"{entry.LogClass.Name} {entry.Cause.GetType().Name}";

    /// <summary>The message and its cause, without line breaks or control characters, of limited length.</summary>
    internal static string Line(LogEvent entry)
    {
        var message = Peer(entry.LogSource) + Text(entry);
        var cause = entry.Cause?.GetBaseException().Message ?? "";
        var line = message.Contains(cause, StringComparison.Ordinal) ? message : $"{message}: {cause}";
        var printable = string.Concat(line.Take(MaxLine).Select(letter => char.IsControl(letter) ? ' ' : letter));
        return line.Length > MaxLine ? printable + "..." : printable;
    }

    /// <summary>The path of the actor that wrote it, without the system's address; else the class.</summary>
    internal static string Source(LogEvent entry)
    {
        var user = entry.LogSource.IndexOf("/user/", StringComparison.Ordinal);
        return user < 0 ? entry.LogClass.Name : entry.LogSource[user..];
    }

    // The actors of a connection carry the peer's address in their name: endpointReader-akka.tcp%3A%2F%2Fname%40host...
    static string Peer(string source)
    {
        var name = source.Split('/').LastOrDefault(part => part.Contains("%3A%2F%2F", StringComparison.Ordinal));
        return name is null ? "" : $"{Uri.UnescapeDataString(name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..])}: ";
    }

    static string Template(LogEvent entry) => entry.Message is LogMessage message ? message.Format : Text(entry);

    static string Text(LogEvent entry) => entry.Message?.ToString() ?? "";
}
