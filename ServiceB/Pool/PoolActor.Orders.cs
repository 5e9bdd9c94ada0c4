using Akka.Actor;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

// What the service asks of a pool: to begin anew, to end what it has, to be looked at.
public sealed partial class PoolActor
{
    IActorRef drainer = ActorRefs.Nobody;

    void ReceiveOrders()
    {
        Receive<Reset>(_ => StartAnew());
        Receive<Drain>(_ => BeginDrain());
        Receive<Look>(_ => Sender.Tell(Snapshot()));
    }

    void StartAnew()
    {
        while (queue.TryDequeue(out var job))
            Answer(job, WorkOutcome.Busy); // it never began; who follows its id leads, waits in its place, and is next
        foreach (var worker in crew.Busy.Where(worker => worker.IsStuck).ToList())
            Replace(worker);
        foreach (var worker in crew.Members)
            MakeAnew(worker);
        memory.Reset();
        books.Reset(Following + crew.Working);
    }

    void MakeAnew(CrewMember worker)
    {
        (worker.Restarts, worker.Failures, worker.Fault) = (0, 0, null);
        (worker.RestartMs, worker.RestartCause, worker.FailedAt) = (null, null, null);
        if (worker.State == WorkerState.Busy)
            worker.IsOutdated = true;
        else if (worker.State is WorkerState.Idle or WorkerState.Stopped)
            Discard(worker);
        if (worker.State == WorkerState.Stopped)
            Rest(worker);
    }

    void BeginDrain()
    {
        (draining, drainer) = (true, Sender);
        FinishDrain();
    }

    void FinishDrain()
    {
        if (draining && queue.Count == 0 && crew.Working == 0)
            drainer.Tell(Drained.Now);
    }

    PoolSnapshot Snapshot()
    {
        crew.LetRecover(faults.Now);
        return new PoolSnapshot(
            queue.Count, knobs.QueueLimit,
            [.. crew.Members.Select(worker => new WorkerSnapshot(
                worker.Number, worker.Shown, worker.Restarts, worker.Fault, worker.Failures, worker.RestartMs, worker.RestartCause))],
            books.Ledger(queue.Count + Following, crew.Working), books.Effects);
    }
}
