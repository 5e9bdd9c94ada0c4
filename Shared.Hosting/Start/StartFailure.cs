using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace TinyResilient.Shared.Hosting;

/// <summary>Says why a service could not start listening, and which setting changes that.</summary>
static class StartFailure
{
    /// <summary>One line, or null when the failure is none that a setting can cause.</summary>
    public static string? Explain(Exception error, ServiceSettings settings)
    {
        var causes = Causes(error).ToList();
        var (bind, port) = (settings.HttpBind, settings.HttpPort);
        if (causes.Any(cause => cause is AddressInUseException))
            return $"HTTP_PORT {port} is taken on {bind}: choose another with HTTP_PORT";
        // Kestrel's sockets say so themselves; those of remoting come inside exceptions of Akka.
        var remoting = error is not SocketException;
        return causes.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode switch
        {
            null => null,
            SocketError.AddressAlreadyInUse =>
                $"REMOTE_PORT {settings.RemotePort} is taken on {settings.RemoteBind}: choose another with REMOTE_PORT",
            _ when remoting =>
                $"REMOTE_BIND {settings.RemoteBind} with REMOTE_PORT {settings.RemotePort} cannot be used here",
            SocketError.AccessDenied =>
                $"HTTP_PORT {port} may not be used on {bind}: choose one above 1023 with HTTP_PORT",
            _ => $"HTTP_BIND {bind} is no address of this machine: choose another with HTTP_BIND",
        };
    }

    static IEnumerable<Exception> Causes(Exception error) => error switch
    {
        AggregateException many => many.InnerExceptions.SelectMany(Causes).Prepend(many),
        { InnerException: { } inner } => Causes(inner).Prepend(error),
        _ => [error],
    };
}
