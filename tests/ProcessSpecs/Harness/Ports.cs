using System.Net;
using System.Net.Sockets;

namespace ProcessSpecs.Harness;

/// <summary>
/// Free loopback ports, below those that the operating system gives to outgoing connections, so that they stay free
/// until the program that is to have them listens, and while it is started again.
/// </summary>
static class Ports
{
    const int First = 20_000, Last = 32_000;
    static int next = First + Environment.ProcessId % (Last - First);

    public static int Free() => Free(1);

    /// <summary>The first of several free ports in a row.</summary>
    public static int Free(int count)
    {
        while (true)
        {
            var first = Interlocked.Add(ref next, count) - count;
            if (first + count > Last)
                Interlocked.CompareExchange(ref next, First, first + count);
            else if (Enumerable.Range(first, count).All(IsFree))
                return first;
        }
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
