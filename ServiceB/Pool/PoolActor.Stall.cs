using Akka.Actor;
using TinyResilient.ServiceB.Faults;

namespace TinyResilient.ServiceB.Pool;

// A stall: no worker starts or finishes anything, as if the process were frozen. Work waits in the queue; what workers
// say is held back, and heard when the stall is over.
public sealed partial class PoolActor
{
    readonly Queue<(object Said, IActorRef By, long At)> held = [];
    ITimer? thaw;

    bool IsStalled => faults.Current.IsStalled(options.Lane, faults.Now);

    void ReceiveWhileStalled()
    {
        Receive<WorkerActor.Ended>(Hold, _ => IsStalled);
        Receive<WorkerActor.Dying>(Hold, _ => IsStalled);
        Receive<WorkerActor.Restarted>(Hold, _ => IsStalled);
        Receive<FaultsChanged>(_ => Thaw());
    }

    void Hold(object said) => held.Enqueue((said, Sender, time.GetTimestamp()));

    /// <summary>Goes on where nothing is stalled any more, and comes back when a stall that is known will be over.</summary>
    void Thaw()
    {
        thaw?.Dispose();
        var self = Self;
        if (faults.Current.StallEnds(options.Lane, faults.Now) is { } left)
            thaw = time.CreateTimer(_ => self.Tell(FaultsChanged.Now), null, left, Timeout.InfiniteTimeSpan);
        if (IsStalled)
            return;
        while (held.TryDequeue(out var one))
            Self.Tell(one.Said is WorkerActor.Ended ended ? Frozen(ended, one.At) : one.Said, one.By);
        Dispatch();
        FinishDrain();
    }

    WorkerActor.Ended Frozen(WorkerActor.Ended ended, long at) =>
        ended with { Spent = ended.Spent + time.GetElapsedTime(at), Frozen = time.GetElapsedTime(at) };

    SickNote StoreOf(CrewMember worker) =>
        new(faults.Current.SpoiltStore(options.Lane, worker.Number)?.Name, TimeSpan.MaxValue);
}
