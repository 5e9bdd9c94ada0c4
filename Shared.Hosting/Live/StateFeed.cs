using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Sends one snapshot to all who watch, when it has changed, at most four times a second; a heartbeat
/// when it has not. One clock and one serialisation for all: a hundred watchers cost little more than one,
/// and a slow one misses snapshots instead of holding anybody up.
/// </summary>
sealed class StateFeed : IDisposable
{
    public const int MaxStreams = 64;

    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    // A little before the promised five seconds, as it can only be sent at a tick.
    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(4.5);

    readonly Lock _gate = new();
    readonly List<StateWatcher> _watchers = [];
    readonly SnapshotText _snapshot;
    readonly TimeProvider _time;
    readonly ITimer _timer;
    int _busy;
    bool _ended;

    public StateFeed(SnapshotText snapshot, TimeProvider time)
    {
        (_snapshot, _time) = (snapshot, time);
        _timer = time.CreateTimer(_ => _ = Send(), null, Tick, Tick);
    }

    /// <summary>A stream of events, or null when there are too many already or the service is stopping.</summary>
    public IAsyncEnumerable<SseItem<string>>? Watch()
    {
        lock (_gate)
        {
            if (_ended || _watchers.Count == MaxStreams)
                return null;
            var watcher = new StateWatcher(_time.GetTimestamp());
            _watchers.Add(watcher);
            return Stream(watcher);
        }
    }

    /// <summary>Ends all streams, and begins no more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            _watchers.ForEach(watcher => watcher.Events.Writer.TryComplete());
        }
    }

    public void Dispose()
    {
        End();
        _timer.Dispose();
    }

    async IAsyncEnumerable<SseItem<string>> Stream(
        StateWatcher watcher, [EnumeratorCancellation] CancellationToken gone = default)
    {
        try
        {
            await foreach (var item in watcher.Events.Reader.ReadAllAsync(gone))
                yield return item;
        }
        finally
        {
            lock (_gate)
                _watchers.Remove(watcher);
        }
    }

    // A tick that finds the one before it still at work is left out, so that two never overtake each other.
    async Task Send()
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
            return;
        if (IsWatched)
            Send(await _snapshot.Next());
        Volatile.Write(ref _busy, 0);
    }

    bool IsWatched
    {
        get
        {
            lock (_gate)
                return _watchers.Count > 0;
        }
    }

    void Send(string? json)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            foreach (var watcher in _watchers)
            {
                if (json is not null && watcher.Seen != json)
                    watcher.SendSnapshot(json, now);
                else if (!watcher.IsBehind && _time.GetElapsedTime(watcher.SentAt, now) >= Quiet)
                    watcher.SendHeartbeat(now);
            }
        }
    }
}
