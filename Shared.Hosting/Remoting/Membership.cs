using System.Globalization;
using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.Remote;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// This process as a member of the cluster, where it is in one: whether it is, how it leaves, and how it ends when the others
/// have put it out. Then it cannot come back as it is: it says so in one line and ends, and its supervisor starts it anew.
/// </summary>
public sealed class Membership : IHostedLifecycleService
{
    /// <summary>Exit code of a process that was put out of its cluster.</summary>
    public const int PutOut = 3;

    const string HttpRole = "http-";

    static readonly TimeSpan leaveLimit = TimeSpan.FromSeconds(5), look = TimeSpan.FromMilliseconds(100);
    readonly Lazy<Cluster?> cluster;
    readonly ServiceSettings settings;
    readonly ActorSystem system;
    readonly TimeProvider time;
    readonly ILogger log;

    public Membership(ActorSystem system, ServiceSettings settings, TimeProvider time, ILogger<Membership> log)
    {
        (this.system, this.settings, this.time, this.log) = (system, settings, time, log);
        cluster = new(() => settings.Cluster is null ? null : Cluster.Get(system));
    }

    /// <summary>
    /// What is to be done when it is told to stop, once it has left the cluster and before it stops listening; null where it does not
    /// leave first. Who is sent work by other members must: what they still send meanwhile is taken.
    /// </summary>
    public Action? OnceLeft { get; init; }

    /// <summary>0, unless the others have put this process out.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Ready outside of a cluster, and in one as a member that is up.</summary>
    public Readiness Readiness => cluster.Value?.SelfMember.Status switch
    {
        null or MemberStatus.Up => Readiness.Yes,
        MemberStatus.Joining or MemberStatus.WeaklyUp => Readiness.No("let into the cluster, but not up yet"),
        _ => Readiness.No($"not a member of the cluster yet; asked {string.Join(", ", settings.Cluster!.Seeds)}"),
    };

    /// <summary>The role that tells the others where this process listens for HTTP; the host is that of its address.</summary>
    public static string RoleOf(int httpPort) => $"{HttpRole}{httpPort}";

    /// <summary>Where a member listens for HTTP, or null where it does not say.</summary>
    public static Uri? HttpOf(Member member) =>
        member.Roles.FirstOrDefault(role => role.StartsWith(HttpRole, StringComparison.Ordinal)) is { } role
        && ushort.TryParse(role.AsSpan(HttpRole.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new UriBuilder(Uri.UriSchemeHttp, member.Address.Host, port).Uri
            : null;

    // Tells the others that this member leaves, and waits until all that can be reached have heard it: from then on they
    // send it nothing. Its actor system ends by itself afterwards, beginning with the drain. Outside of a cluster: nothing.
    async Task LeaveAsync()
    {
        if (cluster.Value is not { SelfMember.Status: MemberStatus.Up } member) return;
        member.Leave(member.SelfAddress);
        var began = time.GetTimestamp();
        while (member.SelfMember.Status is MemberStatus.Up or MemberStatus.Leaving && time.GetElapsedTime(began) < leaveLimit)
            await Task.Delay(look, time);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (cluster.Value is null) return Task.CompletedTask;
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "say-why", () =>
        {
            if (shutdown.ShutdownReason is CoordinatedShutdown.ClusterDowningReason) SayWhy();
            return Task.FromResult(Done.Instance);
        });
        system.ActorOf(Props.Create(() => new Outcast(shutdown)), "outcast");
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (OnceLeft is null) return;
        await LeaveAsync();
        OnceLeft();
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    void SayWhy()
    {
        ExitCode = PutOut;
        log.LogError("the cluster has put {Service} out, because they could not reach each other for too long; it ends with exit code {Code}, "
            + "to be started anew", settings.Name, PutOut);
    }

    /// <summary>Hears that the others no longer talk to this process.</summary>
    sealed class Outcast : ReceiveActor
    {
        public Outcast(CoordinatedShutdown shutdown) => Receive<ThisActorSystemQuarantinedEvent>(_ =>
            shutdown.Run(CoordinatedShutdown.ClusterDowningReason.Instance));

        protected override void PreStart() => Context.System.EventStream.Subscribe<ThisActorSystemQuarantinedEvent>(Self);
    }
}

/// <summary>Adds <see cref="Membership"/>.</summary>
public static class MembershipExtensions
{
    /// <summary>Call after AddAkka, whose actor system it needs.</summary>
    /// <param name="onceLeft">See <see cref="Membership.OnceLeft"/>.</param>
    public static IServiceCollection AddMembership(this IServiceCollection services, Action<IServiceProvider>? onceLeft = null) => services
        .AddSingleton(provider => new Membership(
            provider.GetRequiredService<ActorSystem>(), provider.GetRequiredService<ServiceSettings>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Membership>>())
        {
            OnceLeft = onceLeft is null ? null : () => onceLeft(provider),
        })
        .AddHostedService(provider => provider.GetRequiredService<Membership>());
}
