using Akka.Actor;
using Akka.Event;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// Hears the answers that come after their Ask has timed out, which Akka turns into dead letters, and enters them into
/// the ledger: work that was done, but that nobody waited for any more.
/// </summary>
public sealed class LateAnswersActor : ReceiveActor
{
    public LateAnswersActor(NodesInTurn<ServiceBNode> nodes) => Receive<AllDeadLetters>(late =>
    {
        if (late.Message is not WorkAnswer answer) return;
        foreach (var node in nodes.All)
            node.Ledger.Answered(answer.CallId, answer.Outcome);
    });

    protected override void PreStart() => Context.System.EventStream.Subscribe(Self, typeof(AllDeadLetters));

    protected override void PostStop() => Context.System.EventStream.Unsubscribe(Self);
}
