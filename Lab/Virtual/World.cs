using System.Globalization;
using System.Net;
using Akka.Actor;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TinyResilient.Lab.Running;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Http;
using TinyResilient.ServiceB;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;

namespace TinyResilient.Lab.Virtual;

/// <summary>
/// Both services' real hosts in this process, on a clock of their own that begins at 0 and a network in memory. Only one
/// world may be alive in a process, on a <see cref="Pump"/>.
/// </summary>
sealed class World : IDisposable
{
    const int HttpA = 8000, RemoteA = 6000;

    readonly Pump _pump;
    readonly List<VirtualHost> _hosts = [];

    public World()
    {
        AkkaChance.Seed();
        _pump = new(Clock);
        _pump.Start();
    }

    public VirtualClock Clock { get; } = new();

    public MemoryNetwork Network { get; } = new();

    /// <summary>What its hosts have logged as an error: none of it is planned by a fault.</summary>
    public List<string> Errors { get; } = [];

    public static Uri UrlOfA { get; } = Url(HttpA);

    public static Uri UrlOfB(int node) => Url(HttpA + 1 + node);

    /// <summary>How far it has come: the time of its clock, and what it does.</summary>
    public string Where => string.Create(CultureInfo.InvariantCulture,
        $"{Clock.GetElapsedTime(0).TotalSeconds:0.######} s, in {Clock.Doing}");

    public Task<T> Drive<T>(Task<T> work) => _pump.Drive(work);

    public Task<VirtualHost> StartAAsync(int nodes)
    {
        var all = Enumerable.Range(0, nodes).ToList();
        var environment = Environment(UrlOfA, RemoteA, new()
        {
            ["SERVICE_B"] = string.Join(',', all.Select(node => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{RemoteOfB(node)}"))),
            ["SERVICE_B_URL"] = string.Join(',', all.Select(node => UrlOfB(node).GetLeftPart(UriPartial.Authority))),
        });
        return StartAsync(UrlOfA, environment, place => new GatewayHost(environment).Build(place));
    }

    /// <param name="node">From 0.</param>
    /// <param name="knobs">What it begins with.</param>
    public Task<VirtualHost> StartBAsync(int node, Dictionary<string, string> knobs)
    {
        var environment = Environment(UrlOfB(node), RemoteOfB(node), knobs);
        return StartAsync(UrlOfB(node), environment, place => new PoolsHost(environment).Build(place));
    }

    public void Dispose()
    {
        _pump.Stop();
        foreach (var host in _hosts)
            host.Dispose();
    }

    async Task<VirtualHost> StartAsync(Uri url, EnvironmentReader environment, Func<Action<WebApplicationBuilder>, WebApplication> build)
    {
        var host = new VirtualHost(new HostTime(Clock), Network, Errors.Add);
        await _pump.Off(() => host.Build(build));
        if (environment.Errors is [var error, ..])
            throw new RunFailedException(error);
        await host.StartAsync(url);
        _hosts.Add(host);
        return host;
    }

    static EnvironmentReader Environment(Uri url, int remotePort, Dictionary<string, string> more)
    {
        more["HTTP_PORT"] = $"{url.Port}";
        more["REMOTE_PORT"] = $"{remotePort}";
        more["REMOTE_PUBLIC_HOST"] = "127.0.0.1";
        more["SEED"] = more.GetValueOrDefault("SEED", "1");
        return new(more.GetValueOrDefault);
    }

    static int RemoteOfB(int node) => RemoteA + 1 + node;

    static Uri Url(int port) => new($"http://127.0.0.1:{port}/");
}

/// <summary>One service in a world.</summary>
/// <param name="onError">Takes each error that it logs, in one line.</param>
sealed class VirtualHost(HostTime time, MemoryNetwork network, Action<string> onError) : IDisposable
{
    readonly Place _place = new(time, network);
    WebApplication _service = null!;
    MemoryServer _server = null!;

    /// <summary>Must not be on the thread of the pool.</summary>
    public ActorSystem Build(Func<Action<WebApplicationBuilder>, WebApplication> build)
    {
        AkkaChance.Seed();
        _service = build(Put);
        return _service.Services.GetRequiredService<ActorSystem>();
    }

    public async Task StartAsync(Uri url)
    {
        await _service.StartAsync();
        _server = new(_service.GetTestServer().CreateHandler(
            request => request.Connection.RemoteIpAddress = IPAddress.Loopback), time);
        network.Listen(url, _server);
    }

    /// <summary>As SIGKILL does: nothing of it happens any more, and its peers learn that their connections are closed.</summary>
    public void Kill()
    {
        if (time.IsDead)
            return;
        time.Die();
        network.Close(_place);
        _server.Die();
        ((ExtendedActorSystem)_service.Services.GetRequiredService<ActorSystem>()).Abort();
        _place.Leave();
    }

    public void Dispose()
    {
        Kill();
        _server.Dispose();
    }

    // What was added last is what counts
    void Put(WebApplicationBuilder builder)
    {
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(new ErrorLog(onError));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(new ActorSettings(_place.Hocon));
        builder.Services.AddSingleton<NewControlHandler>(network.NewHandler);
        builder.Services.AddSingleton(_ => new HttpClients(network.NewHandler()));
    }

    sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    sealed class ErrorLog(Action<string> onError) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                onError($"{formatter(state, exception)}{(exception is null ? "" : $": {exception.Message}")}".ReplaceLineEndings(" "));
        }

        public void Dispose()
        {
        }
    }
}
