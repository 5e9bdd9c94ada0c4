using Akka;
using Akka.Actor;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Akka stops the whole process when a TLS handshake that it began fails, be it for a wrong certificate or
/// because the peer was killed just then. A peer must not be able to stop us: the shutdown that Akka begins
/// is held in its first phase until the host stops. Until then remoting goes on and tries again.
/// </summary>
sealed class FailedHandshakes(ActorSystem system, ILogger<FailedHandshakes> log) : IHostedService
{
    /// <summary>Timeout of that phase, which has no other tasks: longer than any process lives.</summary>
    internal const string Patience = "3650 d";

    readonly TaskCompletionSource<Done> _hostStops = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        CoordinatedShutdown.Get(system).AddTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind, "outlive-failed-handshake", Hold);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _hostStops.TrySetResult(Done.Instance);
        return Task.CompletedTask;
    }

    Task<Done> Hold()
    {
        // The class of the reason is internal to Akka.Remote
        var reason = CoordinatedShutdown.Get(system).ShutdownReason;
        if (reason?.GetType().Name != "TlsHandshakeFailureReason")
            return Task.FromResult(Done.Instance);
        log.LogWarning("{Reason}; Akka would stop the process, we go on and try again", reason);
        return _hostStops.Task;
    }
}

/// <summary>Adds <see cref="FailedHandshakes"/>.</summary>
public static class FailedHandshakesExtensions
{
    /// <summary>
    /// Call after AddAkka, so that the host stops this service before the actor system and after Kestrel.
    /// </summary>
    public static IServiceCollection OutliveFailedHandshakes(this IServiceCollection services) =>
        services.AddHostedService<FailedHandshakes>();
}
