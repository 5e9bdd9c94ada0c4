using System.Net;
using System.Net.Sockets;
using Akka.Actor;

namespace TinyResilient.Lab.Virtual;

/// <summary>What of a world can be reached: servers by host:port, actor systems by their address.</summary>
sealed class MemoryNetwork
{
    readonly Dictionary<string, MemoryServer> _servers = [];
    readonly Dictionary<Address, MemoryTransport> _transports = [];

    public void Listen(Address address, MemoryTransport transport) => _transports[address] = transport;

    public MemoryTransport? At(Address address) => _transports.GetValueOrDefault(address);

    public void Leave(Address address, MemoryTransport transport)
    {
        if (At(address) == transport)
            _transports.Remove(address);
    }

    /// <summary>Everything that is open at this place.</summary>
    public void Close(Place place)
    {
        foreach (var transport in _transports.Values.Where(transport => transport.Place == place).ToList())
            transport.Close();
    }

    public void Listen(Uri url, MemoryServer server) => _servers[url.Authority] = server;

    public MemoryServer? At(Uri url) => _servers.GetValueOrDefault(url.Authority);

    /// <summary>Sends to whoever listens at the address of a request.</summary>
    public HttpMessageHandler NewHandler() => new Handler(this);

    sealed class Handler(MemoryNetwork network) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            network.At(request.RequestUri!) is { } server
                ? server.SendAsync(request, cancellationToken) : Task.FromException<HttpResponseMessage>(Refused());
    }

    public static HttpRequestException Refused() => new(HttpRequestError.ConnectionError, "connection refused",
        new SocketException((int)SocketError.ConnectionRefused));
}

/// <summary>The HTTP port of a virtual host.</summary>
sealed class MemoryServer(HttpMessageHandler server, HostTime time) : IDisposable
{
    readonly HttpMessageInvoker _server = new(server);
    readonly CancellationTokenSource _death = new();

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        if (time.IsDead)
            throw MemoryNetwork.Refused();
        var reached = new TaskCompletionSource();
        time.Do(reached.SetResult); // a paused host accepts, and does no more
        try
        {
            await reached.Task.WaitAsync(_death.Token).WaitAsync(stop);
            // A caller that gives up waits no longer; TestServer would let it wait for what the server makes of that
            return await _server.SendAsync(request, stop).WaitAsync(stop).WaitAsync(_death.Token);
        }
        catch (OperationCanceledException) when (_death.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "connection closed");
        }
    }

    /// <summary>Whoever waits for an answer learns at once that none will come.</summary>
    public void Die() => _death.Cancel();

    public void Dispose()
    {
        _death.Dispose();
        _server.Dispose();
    }
}
