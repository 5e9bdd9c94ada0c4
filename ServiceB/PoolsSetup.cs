using System.Net;
using Akka;
using Akka.Actor;
using Akka.Hosting;
using Prometheus;
using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB;

/// <summary>Sets up the actor system of ServiceB: remoting, both pools, and their drain at shutdown.</summary>
public static class PoolsSetup
{
    static readonly TimeSpan drainLimit = TimeSpan.FromSeconds(20);

    public static void AddPools(this WebApplicationBuilder builder, ServiceSettings settings, KnobStore knobs)
    {
        var remoting = settings.ClusterRemoting(Names.ActorPoolPath);
        var incarnation = Guid.NewGuid().ToString("n");
        builder.Services.AddSingleton<Pools>();
        builder.Services.AddSingleton<ProcessEndpoint>();
        builder.Services.AddSingleton<FaultBoard>();
        builder.Services.AddAkka(Names.System, (akka, services) =>
        {
            var metrics = services.GetRequiredService<IMetricFactory>();
            var faults = services.GetRequiredService<FaultBoard>();
            var time = services.GetRequiredService<TimeProvider>();
            Props Pool(string lane)
            {
                var options = new PoolOptions(lane, Dns.GetHostName(), incarnation);
                var books = new WorkBooks(new WorkMetrics(metrics, lane));
                var memory = new WorkMemory();
                return Props.Create(() =>
                    new PoolActor(options, () => WorkKnobs.From(knobs.Current), faults, books, memory, time));
            }
            akka.WithSafeRemoting(remoting)
                .WithSafeCluster(settings.Cluster, remoting, [SafeCluster.Worker, Membership.RoleOf(settings.HttpPort)])
                .AddHocon(
                    $"akka.coordinated-shutdown.phases.service-requests-done.timeout = {drainLimit.TotalSeconds} s",
                    HoconAddMode.Prepend)
                .WithActorSettings(services)
                .WithActors((system, registry) =>
                {
                    registry.Register<ActorPool>(system.ActorOf(Pool(Names.ActorLane), Names.ActorPool));
                    registry.Register<HttpPool>(system.ActorOf(Pool(Names.HttpLane), Names.HttpPool));
                    CoordinatedShutdown.Get(system).AddTask(
                        CoordinatedShutdown.PhaseServiceRequestsDone, "drain", () => DrainAll(registry, time));
                });
        });
        builder.Services.AddMembership(onceLeft: services => services.GetRequiredService<Pools>().Tell(Drain.Now));
        builder.Services.OutliveFailedHandshakes();
    }

    static async Task<Done> DrainAll(IReadOnlyActorRegistry registry, TimeProvider time)
    {
        await Task.WhenAll(
            registry.Get<ActorPool>().AskWithin<Drained>(Drain.Now, drainLimit, time),
            registry.Get<HttpPool>().AskWithin<Drained>(Drain.Now, drainLimit, time));
        return Done.Instance;
    }
}
