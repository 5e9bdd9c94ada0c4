using Akka.Actor;
using Akka.Event;
using TinyResilient.ServiceB.Pool;

namespace TinyResilient.ServiceB;

/// <summary>
/// Who watches over whom in ServiceB, defaults written out:
/// <code>
/// /user
///   /actor-pool        restarted by the guardian; its books live outside, its work is answered as crashed
///     /worker-N-M      OverWorkers: as ACTOR_SUPERVISION says, by default restarted with clean state
///   /http-pool
///     /worker-N-M      OverWorkers: as HTTP_SUPERVISION says, by default resumed, as a long-lived object in a web
///                      service lives on after an exception
///   /outcast           in a cluster: restarted by the guardian; hears that this process was put out, and ends it
/// </code>
/// </summary>
public static class ActorTree
{
    /// <summary>
    /// One worker's failure concerns that worker alone. A planned failure says itself what is to become of its worker, as
    /// often as it takes; anything else is a bug: it is logged, and its worker restarted, whatever the pool.
    /// </summary>
    /// <param name="log">Where bugs are told.</param>
    /// <param name="rests">Whether a worker rests before it is made anew: then one whose constructor fails is stopped, and
    /// its pool makes the next one after the rest. A restart would try again at once, for ever, at full speed.</param>
    public static SupervisorStrategy OverWorkers(ILoggingAdapter log, Func<bool> rests) => new OneForOneStrategy(
        maxNrOfRetries: -1,
        withinTimeMilliseconds: Timeout.Infinite,
        localOnlyDecider: cause =>
        {
            if (cause.GetBaseException() is WorkFailedException planned)
                return cause is ActorInitializationException && rests() ? Directive.Stop : planned.Directive;
            log.Error(cause, "a worker failed in a way that no fault explains");
            return Directive.Restart;
        },
        loggingEnabled: false);
}
