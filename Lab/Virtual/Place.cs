using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace TinyResilient.Lab.Virtual;

/// <summary>
/// Where the actor system of each virtual host runs. Akka makes its scheduler, its transport and its failure detectors by
/// the names of their classes, and hands them settings alone: a name in these leads to the place.
/// </summary>
sealed class Place
{
    const string Setting = "tiny-place";

    static readonly ConcurrentDictionary<string, Place> all = [];
    static int number;

    readonly string _name = $"place-{Interlocked.Increment(ref number)}";

    public Place(HostTime time, MemoryNetwork network)
    {
        (Time, Network) = (time, network);
        all[_name] = this;
    }

    public HostTime Time { get; }

    public MemoryNetwork Network { get; }

    /// <summary>The place that a setting names.</summary>
    /// <param name="section">Where it is in the settings.</param>
    public static Place Of(Config settings, string section) => all[settings.GetString($"{section}{Setting}")];

    public static Place Of(ActorSystem system) => Of(system.Settings.Config, "akka.scheduler.");

    /// <summary>Nobody looks for it any more.</summary>
    public void Leave() => all.TryRemove(_name, out _);

    /// <summary>
    /// Everything of Akka that has a clock, a thread or a socket of its own. A gate counts on the machine's clock:
    /// without one, a refused connection is tried again as soon as somebody sends.
    /// </summary>
    public string Hocon => $$"""
        akka {
          scheduler.implementation = "{{NameOf<VirtualScheduler>()}}"
          scheduler.{{Setting}} = {{_name}}
          actor.internal-dispatcher.executor = default-executor
          actor.default-dispatcher.executor = default-executor
          remote {
            retry-gate-closed-for = 0 s
            transport-failure-detector.implementation-class = "{{NameOf<VirtualDeadline>()}}"
            transport-failure-detector.{{Setting}} = {{_name}}
            dot-netty.tcp.transport-class = "{{NameOf<MemoryTransport>()}}"
            dot-netty.tcp.applied-adapters = []
          }
        }
        """;

    static string NameOf<T>() => $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";
}
