using Akka.Actor;
using Akka.Event;
using TinyResilient.ServiceB.Pool;

namespace TinyResilient.ServiceB;

/// <summary>
/// Who watches over whom in ServiceB, defaults written out:
/// <code>
/// /user
///   /actor-pool        restarted by the guardian; its books live outside, its work is answered as crashed
///     /worker-N-M      OverWorkers: restarted with clean state
///   /http-pool
///     /worker-N-M      OverWorkers: resumed, as a long-lived object in a web service lives on after an exception
/// </code>
/// </summary>
public static class ActorTree
{
    /// <summary>
    /// One worker's failure concerns that worker alone. A planned failure is restarted or resumed, as often as it takes;
    /// anything else is a bug: it is logged, and its worker restarted, whatever the pool.
    /// </summary>
    public static SupervisorStrategy OverWorkers(Supervision supervision, ILoggingAdapter log) => new OneForOneStrategy(
        maxNrOfRetries: -1,
        withinTimeMilliseconds: Timeout.Infinite,
        localOnlyDecider: cause =>
        {
            if (cause is WorkFailedException)
                return supervision == Supervision.Resume ? Directive.Resume : Directive.Restart;
            log.Error(cause, "a worker failed in a way that no fault explains");
            return Directive.Restart;
        },
        loggingEnabled: false);
}
