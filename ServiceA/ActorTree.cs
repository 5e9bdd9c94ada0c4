using Akka.Actor;
using Akka.Pattern;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA;

/// <summary>
/// Who watches over whom in ServiceA, defaults written out:
/// <code>
/// /user
///   /gateway           restarted by the guardian; breakers and pending calls live outside, its mailbox survives
///   /late-answers      restarted by the guardian; holds nothing
///   /upstream          BackoffSupervisor: a connection that stops is searched again after a pause that grows, with jitter;
///     /connection      its mailbox is lost at that, so no request ever waits in it
///   /upstream-2 …      one for each further ServiceB node
/// </code>
/// and in a cluster, where the /upstream … are under /members instead:
/// <code>
///   /members           restarted by the guardian: hears of all members anew, and connects to them anew; holds no request
///     /upstream …
///   /outcast           restarted by the guardian; hears that this process was put out, and ends it
/// </code>
/// </summary>
public static class ActorTree
{
    static readonly TimeSpan minBackoff = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan maxBackoff = TimeSpan.FromSeconds(1);
    static readonly TimeSpan wellAfter = TimeSpan.FromSeconds(10);
    const double Jitter = 0.2;

    /// <summary>The name of the supervisor over the connection to a node, counted from 0.</summary>
    public static string UpstreamName(int index) => index == 0 ? "upstream" : $"upstream-{index + 1}";

    /// <summary>
    /// A connection that stops is started anew after 0.2 s, 0.4 s, 0.8 s, then 1 s, each up to a fifth longer, so that
    /// gateways don't come back in step. The reset must be longer than a search takes, or the pause would never grow.
    /// </summary>
    public static Props OverConnection(Props connection) => BackoffSupervisor.Props(
        Backoff.OnStop(connection, "connection", minBackoff, maxBackoff, Jitter, maxNrOfRetries: -1)
            .WithDefaultStoppingStrategy() // a bug in it is logged, stops it, and waits its turn as well
            .WithAutoReset(wellAfter));
}
