using System.Net;
using Akka.Hosting;
using Akka.Remote.Hosting;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Akka.Remote as both services use it. It promises that a peer can send the records of Protocol.cs and nothing else,
/// select the trusted paths and nothing else, and that a peer that dies, restarts or pauses is found again by itself.
/// It never trusts a peer's type names. Whatever breaks these rules is dropped and logged in one line.
/// </summary>
public static class SafeRemoting
{
    /// <summary>Largest message in bytes; the smallest that Akka permits, and ours stay under 1,000.</summary>
    public const int MaxFrameBytes = 32_000;

    /// <exception cref="RemotingSettingException">A setting cannot work.</exception>
    public static AkkaConfigurationBuilder WithSafeRemoting(
        this AkkaConfigurationBuilder builder, RemotingOptions options)
    {
        if (IPAddress.TryParse(options.PublicHost, out var host) && IsAny(host))
            throw new RemotingSettingException(
                "REMOTE_PUBLIC_HOST", $"{host} is no name that a peer can dial; set the name that it will use");
        return builder
            .WithRemoting(Transport(options))
            .AddHocon(Rules(options), HoconAddMode.Prepend)
            .WithClosedSerialization()
            .ConfigureLoggers(loggers => loggers.ClearLoggers().AddLogger<OneLineLogger>());
    }

    static RemoteOptions Transport(RemotingOptions options) => new()
    {
        HostName = options.Bind,
        Port = options.Port,
        // Without it a process bound to 0.0.0.0 advertises 0.0.0.0, and drops whatever was sent to any other name
        PublicHostName = options.PublicHost,
        MaxFrameSize = MaxFrameBytes,
        // A paused peer holds its connection open: 1 + 3 s of silence count as gone
        TransportFailureDetector = new DeadlineFailureDetectorOptions
        {
            HeartbeatInterval = TimeSpan.FromSeconds(1),
            AcceptableHeartbeatPause = TimeSpan.FromSeconds(3),
        },
        EnableSsl = options.Tls is not null,
        Ssl = options.Tls is null ? new SslOptions() : Certificates.Mutual(options.Tls),
    };

    static string Rules(RemotingOptions options) => $$"""
        akka {
          # On SIGTERM the host stops: first Kestrel drains, then the actor system ends. Akka's own hook ends it at once
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          # Answers that come after their asker gave up are normal here
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          # After the last logger has gone Akka would write to the console itself, in a format of its own
          stdout-logger-class = "{{typeof(OneLineLogger.Silence).AssemblyQualifiedName}}"
          # We replace serializers on purpose
          log-serializer-override-on-start = off
          remote {
            # Peers get no remote deployment, no PoisonPill, and may select only these paths
            untrusted-mode = on
            trusted-selection-paths = [{{string.Join(", ", options.TrustedPaths.Select(path => $"\"{path}\""))}}]
            # After a failure nothing is sent for so long: a restarted peer is wanted back well under 2 s
            retry-gate-closed-for = 0.5 s
            # Nobody watches a remote actor here: after a pause that ends in quarantine. Should somebody, it must not
            watch-failure-detector.acceptable-heartbeat-pause = 1 d
            # A quarantine protects DeathWatch only, and would keep a living peer out for days: let it heal
            prune-quarantine-marker-after = 2 s
            # The connection actor reports what happens to the connection, once
            log-remote-lifecycle-events = off
            # Also the time in which a peer that connected must introduce itself
            dot-netty.tcp.connection-timeout = 3 s
          }
        }
        """;

    static bool IsAny(IPAddress host) => host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any);
}
