using System.Net;
using System.Net.Sockets;

namespace TinyResilient.Lab.Processes;

/// <summary>Asks the operating system about ports, by listening on them for a moment.</summary>
static class Ports
{
    /// <summary>
    /// True when somebody listens on the port. On ::1 as well, because <c>localhost</c> finds that one first.
    /// </summary>
    public static bool IsTaken(int port) =>
        IsTaken(IPAddress.Loopback, port) || (Socket.OSSupportsIPv6 && IsTaken(IPAddress.IPv6Loopback, port));

    static bool IsTaken(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            // On Windows two may otherwise share a port; elsewhere it would refuse a port that was just left.
            if (OperatingSystem.IsWindows())
                listener.ExclusiveAddressUse = true;
            listener.Start();
            return false;
        }
        // A machine may know IPv6 and have no ::1; only a refusal says that somebody else is there.
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied;
        }
    }
}
