using Microsoft.Extensions.Logging;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Says in the log whose answer makes no sense: one line for each node and minute, with the next one a count.
/// Whoever answers decides what goes wrong, and not how much we write.
/// </summary>
public sealed class NonsenseLog(ILogger<NonsenseLog> log, TimeProvider time)
{
    static readonly TimeSpan window = TimeSpan.FromMinutes(1);

    readonly Lock _gate = new();
    readonly Remoting.LogLimit _limit = new();
    long _opened = time.GetTimestamp();

    internal void Add(string node, string line)
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_opened) >= window)
            {
                _opened = time.GetTimestamp();
                foreach (var (before, count) in _limit.Close())
                    log.LogWarning("{Count} more since like: {Line}", count, before);
            }
            if (_limit.Admits(node, line))
                log.LogWarning("{Line}", line);
        }
    }
}
