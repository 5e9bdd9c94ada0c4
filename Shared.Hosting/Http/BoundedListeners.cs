using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Kestrel's sockets, with <see cref="HttpConnections"/> asked as soon as a connection is accepted. Kestrel's own
/// MaxConcurrentConnections closes the newest, and only after it has accepted any number of others.
/// </summary>
sealed class BoundedListeners(SocketTransportFactory sockets, HttpConnections connections) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await sockets.BindAsync(endpoint, cancellationToken), connections);

    sealed class Listener(IConnectionListener sockets, HttpConnections connections) : IConnectionListener
    {
        public EndPoint EndPoint => sockets.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await sockets.AcceptAsync(cancellationToken) is { } connection)
            {
                if (connections.Enter(connection))
                    return connection;
                connection.Abort();
                await connection.DisposeAsync();
            }
            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) =>
            sockets.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => sockets.DisposeAsync();
    }
}
