using System.Net.Sockets;

namespace TinyResilient;

/// <summary>
/// Which exceptions of HttpClient mean that no whole answer came. For everything here that asks over HTTP: each project
/// compiles this file as its own, the load test too, which has none of our projects. When a peer resets a connection at the
/// wrong moment, HttpClient lets exceptions of the socket out as they are. Whatever is not named here is a bug.
/// </summary>
static class NoAnswer
{
    /// <summary>There was no connection, it broke, or what came over it is not HTTP.</summary>
    public static bool IsBroken(Exception e) => e is HttpRequestException or IOException or SocketException;

    /// <summary>That, or HttpClient has waited for too long; not that who asks has been told to stop.</summary>
    public static bool Is(Exception e, CancellationToken stop) =>
        IsBroken(e) || (e is OperationCanceledException && !stop.IsCancellationRequested);
}
