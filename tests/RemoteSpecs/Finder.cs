using Akka.Actor;
using TinyResilient.Shared.Messages;

namespace RemoteSpecs;

/// <summary>
/// Hands out the answer to a probe, and the reference that comes with it: good for that incarnation of the peer.
/// </summary>
sealed class Finder : ReceiveActor
{
    public Finder(TaskCompletionSource<(Probed Probed, IActorRef Pool)> found) =>
        Receive<Probed>(probed => found.TrySetResult((probed, Sender)));
}
