using Akka.Actor;
using Akka.Event;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>
/// Every request passes here. Promises exactly one answer to each, also when this actor is restarted: who waits is kept
/// in <see cref="PendingCalls"/>, outside of it. Never waits itself: calls run beside it and come back as messages.
/// </summary>
public sealed class GatewayActor : ReceiveActor
{
    readonly Func<Call, Task<CallResult>> path;
    readonly PendingCalls pending;
    readonly ILoggingAdapter log = Context.GetLogger();

    public GatewayActor(Func<Call, Task<CallResult>> path, PendingCalls pending)
    {
        (this.path, this.pending) = (path, pending);
        Receive<Call>(Begin);
        Receive<Ended>(End);
        Receive<Close>(_ => pending.IsClosed = true);
    }

    // slide: gateway
    void Begin(Call call)
    {
        if (pending.IsClosed)
            Sender.Tell(CallResult.Refuse("shutting down"));
        else if (pending.Count >= call.Knobs.MaxInFlight)
            Sender.Tell(CallResult.Refuse(
                "too many requests in flight"));
        else
        {
            var course = path(call); // runs beside this actor
            var number = pending.Add(Sender);
            course.PipeTo(Self,
                success: result => new Ended(number, result),
                failure: bug => new Ended(number, Broken(bug)));
        }
    }

    void End(Ended ended) =>
        pending.Take(ended.Number)?.Tell(ended.Result);

    protected override void PreRestart(
        Exception reason, object message)
    {
        if (message is Call) Sender.Tell(CallResult.Broken);
    }
    // end of slide

    CallResult Broken(Exception bug)
    {
        log.Error(bug, "a call failed in a way that it should not");
        return CallResult.Broken;
    }

    /// <summary>Refuses all further requests; those that are pending still get their answer.</summary>
    public sealed record Close { public static readonly Close Now = new(); }

    sealed record Ended(long Number, CallResult Result);
}

/// <summary>Who waits for an answer. Written by the gateway's handlers only; outlives a restart of the gateway.</summary>
public sealed class PendingCalls
{
    readonly Dictionary<long, IActorRef> askers = [];
    long last;

    public bool IsClosed { get; set; }
    public int Count => askers.Count;

    public long Add(IActorRef asker)
    {
        askers.Add(++last, asker);
        return last;
    }

    public IActorRef? Take(long number) => askers.Remove(number, out var asker) ? asker : null;
}
