namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>The settings of Akka.Remote that Akka.Remote.Hosting has no option for.</summary>
static class SafeRules
{
    internal static string For(RemotingOptions options) => $$"""
        akka {
          # On SIGTERM the host stops: Kestrel drains, then the actor system ends. Akka's own hook would
          # end it at once, under the requests in flight
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          # How long a failed TLS handshake may be outlived, see FailedHandshakes
          coordinated-shutdown.phases.before-service-unbind.timeout = {{FailedHandshakes.Patience}}
          # Answers that come after their asker gave up are normal here
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          # Before its loggers start and after they end Akka would write to the console by itself
          stdout-logger-class = "{{typeof(OneLineLogger.Silence).AssemblyQualifiedName}}"
          # We replace serializers on purpose
          log-serializer-override-on-start = off
          remote {
            # Peers get no remote deployment, no PoisonPill, and may select these paths only
            untrusted-mode = on
            trusted-selection-paths = [{{string.Join(", ", options.TrustedPaths.Select(Quoted))}}]
            # After a failure nothing is sent for so long; a restarted peer is wanted back well under 2 s
            retry-gate-closed-for = 0.5 s
            # Nobody watches a remote actor here, because after a pause of 11 s that ends in quarantine.
            # Should somebody do it by mistake, it must not
            watch-failure-detector.acceptable-heartbeat-pause = 1 d
            # A quarantine protects DeathWatch alone, and shuts a living peer out for 5 days: let it heal
            prune-quarantine-marker-after = 2 s
            # The connection actor tells what happens to the connection, once
            log-remote-lifecycle-events = off
            # Also the time in which whoever connects must introduce itself
            dot-netty.tcp.connection-timeout = 3 s
            # Sees each connection and each frame before Akka does
            adapters.guard = "{{GuardedTransports.Name}}"
            dot-netty.tcp.applied-adapters = [guard]
          }
        }
        {{GuardedTransport.MaxConnections}} = {{Descriptors.OfThisProcess.Remoting}}
        """;

    static string Quoted(string path) => $"\"{path}\"";
}
