using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Remote;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace RemoteSpecs;

/// <summary>A service as far as remoting goes: a host with an actor system. B has a stand-in pool.</summary>
sealed class Node : IAsyncDisposable, ILoggerProvider
{
    readonly IHost _host;

    Node(string name, int port, RemoteTls? tls, string config, ClusterSettings? cluster)
    {
        Options = new RemotingOptions("127.0.0.1", port, "127.0.0.1", tls,
            cluster is null ? [Names.ActorPoolPath] : [Names.ActorPoolPath, .. SafeCluster.MembershipPaths]);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(this);
        builder.Services.AddAkka(name, akka => akka
            .WithSafeRemoting(Options)
            .WithSafeCluster(cluster, Options, [SafeCluster.Gateway])
            .AddHocon(ConfigurationFactory.ParseString(config), HoconAddMode.Prepend)
            .WithActors((system, _) =>
            {
                system.ActorOf(Props.Create(() => new StandInPool(Received)), Names.ActorPool);
                system.ActorOf(Props.Create(() => new StandInPool.Secret(Received)), "secret");
            }));
        builder.Services.OutliveFailedHandshakes();
        _host = builder.Build();
        System = _host.Services.GetRequiredService<ActorSystem>();
        System.EventStream.Subscribe(
            System.ActorOf(Props.Create(() => new Listener(Events))), typeof(RemotingLifecycleEvent));
    }

    public RemotingOptions Options { get; }

    public ActorSystem System { get; }

    public Address Address => ((ExtendedActorSystem)System).Provider.DefaultAddress;

    /// <summary>What remoting wrote to the log, from Information up.</summary>
    public Recorder<string> Log { get; } = new();

    public Recorder<RemotingLifecycleEvent> Events { get; } = new();

    /// <summary>What reached the actors of this node.</summary>
    public Recorder<object> Received { get; } = new();

    public static async Task<Node> Start(string name, int port = 0, RemoteTls? tls = null, string config = "", ClusterSettings? cluster = null)
    {
        var node = new Node(name, port, tls, config, cluster);
        await node._host.StartAsync();
        return node;
    }

    public ActorSelection PoolAt(Address address) => System.ActorSelection(address + Names.ActorPoolPath);

    public Task<Probed> Probe(Address address) =>
        PoolAt(address).Ask<Probed>(new Probe(), TimeSpan.FromSeconds(30));

    public Task<Probed> ProbeUntilAnswered(Address address) => PoolAt(address).ProbeUntilAnswered();

    public Task IsNotAnswered(Address address) => Assert.ThrowsAsync<AskTimeoutException>(() =>
        PoolAt(address).Ask<Probed>(new Probe(), TimeSpan.FromSeconds(1)));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    public void Dispose()
    {
    }

    public ILogger CreateLogger(string categoryName) => new RecordingLogger(Log);

    sealed class Listener : ReceiveActor
    {
        public Listener(Recorder<RemotingLifecycleEvent> events) => Receive<RemotingLifecycleEvent>(events.Add);
    }

    sealed class RecordingLogger(Recorder<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            var line = formatter(state, exception) + (exception is null ? "" : "\n" + exception);
            if (IsEnabled(logLevel) && line.StartsWith("remoting: ", StringComparison.Ordinal))
                log.Add(line);
        }
    }
}
