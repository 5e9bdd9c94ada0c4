namespace TinyResilient.Lab.Rehearsals;

/// <summary>Looks at the connections of this process and all that stem from it, several times a second. A connection that lives shorter
/// than the pause between two looks may be missed.</summary>
sealed class ConnectionWatch(TimeProvider time)
{
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(250);

    readonly HashSet<int> _seen = [];

    /// <summary>What was seen until now; null where the system does not show it.</summary>
    public Connections? Seen { get; private set; } = OperatingSystem.IsLinux() ? Connections.None : null;

    public async Task WatchAsync(CancellationToken stop)
    {
        while (Seen is not null && !stop.IsCancellationRequested)
        {
            Look();
            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    void Look()
    {
        var tree = ProcessTree.Of(Environment.ProcessId);
        _seen.UnionWith(tree);
        var sockets = tree.SelectMany(ProcessTree.Sockets).ToHashSet();
        Seen = Seen!.With(_seen.Count, SocketTable.Read().Where(socket => sockets.Contains(socket.Inode)).Select(socket => socket.Other));
    }
}
