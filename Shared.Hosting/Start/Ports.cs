using System.Net;
using System.Net.Sockets;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Tries a service's ports before it starts, so that a taken one is one line and not a half-started
/// service. Remoting would not even notice: on Linux its sockets share a port with whoever has it.
/// </summary>
static class Ports
{
    /// <summary>One line that names the setting to change; null when both ports can be had.</summary>
    public static string? Unusable(ServiceSettings settings) =>
        UnusableHttp(settings)
        ?? (IPAddress.TryParse(settings.RemoteBind, out var bind) ? Try("REMOTE", bind, settings.RemotePort) : null);

    public static string? UnusableHttp(ServiceSettings settings) => Try("HTTP", settings.HttpBind, settings.HttpPort);

    static string? Try(string setting, IPAddress bind, int port)
    {
        using var socket = new Socket(bind.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(bind, port));
            socket.Listen();
            return null;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    $"{setting}_PORT {port} is taken on {bind}: choose another with {setting}_PORT",
                SocketError.AccessDenied =>
                    $"{setting}_PORT {port} may not be used on {bind}: choose one above 1023 with {setting}_PORT",
                _ => $"{setting}_BIND {bind} is no address of this machine: choose another with {setting}_BIND",
            };
        }
    }
}
