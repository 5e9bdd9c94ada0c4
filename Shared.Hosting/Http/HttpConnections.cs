using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// The open connections of the HTTP port. It promises that they are never more than the files of this process allow.
/// Who comes when all are open takes the place of some that have no request under way: first of those who never had
/// one, then of those who had none for longest. So a health check gets through however many strangers are idle. A
/// request under way, a stream of events among them, is never ended for a newcomer: where all have one, the newcomer
/// is closed.
/// </summary>
sealed class HttpConnections(int most, TimeProvider time, ILogger<HttpConnections> log)
{
    static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    // A flood must not look through all of them for each that comes
    readonly int _atOnce = 1 + most / 16;
    readonly Lock _lock = new();
    readonly HashSet<Place> _open = [];
    long? _said;

    /// <summary>False: all are open and busy, and this one is to be closed.</summary>
    public bool Enter(ConnectionContext connection)
    {
        List<Place> idle = [];
        var place = new Place(connection, time);
        lock (_lock)
        {
            if (_open.Count >= most)
            {
                Say();
                idle = Longest();
                _open.ExceptWith(idle);
            }
            if (_open.Count < most)
                _open.Add(place);
            else
                place = null;
        }
        foreach (var one in idle)
            one.Connection.Abort(new ConnectionAbortedException("was idle, and others came"));
        if (place is null)
            return false;
        connection.Features[typeof(Place)] = place;
        connection.ConnectionClosed.UnsafeRegister(_ => Leave(place), null);
        return true;
    }

    /// <summary>Of the request's connection. Null where our listener did not accept it: a spec's.</summary>
    public static Place? Of(HttpContext context) => (Place?)context.Features[typeof(Place)];

    List<Place> Longest() => [.. _open.Where(place => place.IsIdle)
        .OrderBy(place => place.IsKnown).ThenBy(place => place.Since).Take(_atOnce)];

    void Leave(Place place)
    {
        lock (_lock)
            _open.Remove(place);
    }

    void Say()
    {
        if (_said is { } said && time.GetElapsedTime(said) < Silence)
            return;
        _said = time.GetTimestamp();
        log.LogWarning(
            "All {Most} connections of the HTTP port are open: idle ones are closed, the oldest first, then who comes. "
            + "The most follows from how many files this process may open (ulimit -n)", most);
    }

    /// <summary>One connection, and whether it has requests under way.</summary>
    internal sealed class Place(ConnectionContext connection, TimeProvider time)
    {
        int _underWay;

        public ConnectionContext Connection => connection;
        public bool IsIdle => Volatile.Read(ref _underWay) == 0;
        public bool IsKnown { get; private set; }
        public long Since { get; private set; } = time.GetTimestamp();

        public void Begin() => Interlocked.Increment(ref _underWay);

        public void End()
        {
            (IsKnown, Since) = (true, time.GetTimestamp());
            Interlocked.Decrement(ref _underWay);
        }
    }
}
