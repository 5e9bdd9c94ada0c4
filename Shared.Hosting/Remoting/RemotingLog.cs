using System.Runtime.Serialization;
using Akka.Event;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>Reads Akka's log entries: which come from remoting, which are routine, and what they say.</summary>
static class RemotingLog
{
    const int MaxLine = 400;

    static readonly string[] Sources = ["remoting", "/system/endpointManager", "/system/transports"];

    // Said twice, or in the connection actor's own words
    static readonly string[] Routine =
    [
        "CoordinatedShutdown invoked",
        "Starting remoting",
        "Shutting down remote daemon",
        "Remote daemon shut down",
        "Removing receive buffers",
        "Disassociated",
        "Tried to associate with unreachable remote address",
        "Association with remote system {0} has failed; address is now gated",
        "Association to [{0}] with unknown UID is irrecoverably failed",
        "Rejected incoming connection from",
        // Of a cluster: what is decided is logged, and what members there are is told by who needs them
        "SBR started",
        "SBR found",
        "SBR is downing",
        "This node is now the leader",
        "This node is not the leader",
        "Received InitJoinNack",
        // A constructor that fails as a fault wants it fails at full speed: hundreds of megabytes of stack traces
        "Changing Recreate into Create after",
    ];

    internal static bool IsFromRemoting(LogEvent entry) =>
        entry.LogClass.Namespace?.StartsWith("Akka.Remote", StringComparison.Ordinal) == true
        || Sources.Any(source => entry.LogSource.Contains(source, StringComparison.Ordinal));

    internal static bool IsRoutine(LogEvent entry) =>
        Routine.Any(start => Template(entry).StartsWith(start, StringComparison.Ordinal));

    /// <summary>What two entries must share to count as alike.</summary>
    internal static string Kind(LogEvent entry) =>
        entry.Cause is { } cause ? $"{entry.LogClass.Name} {cause.GetType().Name}" : Template(entry);

    /// <summary>Peer, message and cause, without control characters and of limited length.</summary>
    internal static string Line(LogEvent entry)
    {
        var line = Peer(entry.LogSource) + (entry.Cause?.GetBaseException() switch
        {
            // Akka wraps it in so many words that the reason would be cut off
            SerializationException refusal => $"{Template(entry).Split(" for message")[0]}: {refusal.Message}",
            { } cause when !Text(entry).Contains(cause.Message, StringComparison.Ordinal) =>
                $"{Text(entry)}: {cause.Message}",
            _ => Text(entry),
        });
        var printable = line.Take(MaxLine).Select(letter => char.IsControl(letter) ? ' ' : letter);
        return string.Concat(printable) + (line.Length > MaxLine ? "..." : "");
    }

    /// <summary>The path of the actor that wrote it, without the system's address; else its class.</summary>
    internal static string Source(LogEvent entry)
    {
        var user = entry.LogSource.IndexOf("/user/", StringComparison.Ordinal);
        return user < 0 ? entry.LogClass.Name : entry.LogSource[user..];
    }

    // A connection's actors have the peer's address in their name: endpointReader-akka.tcp%3A%2F%2Fa%40host
    static string Peer(string source)
    {
        var name = source.Split('/').LastOrDefault(part => part.Contains("%3A%2F%2F", StringComparison.Ordinal));
        if (name is null)
            return "";
        var address = name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..];
        return Uri.UnescapeDataString(address) + ": ";
    }

    static string Template(LogEvent entry) =>
        entry.Message is LogMessage message ? message.Format : Text(entry);

    static string Text(LogEvent entry) => entry.Message?.ToString() ?? "";
}
