using Akka.Actor;
using TinyResilient.ServiceB.Faults;

namespace TinyResilient.ServiceB.Pool;

// A worker whose constructor fails: Akka's default stops it, and nobody would hear of it. The pool misses it, and builds it
// again until one succeeds, unless the fault says that it stays stopped.
public sealed partial class PoolActor
{
    void ReceiveRebuilds()
    {
        Receive<Terminated>(stopped => Miss(stopped.ActorRef));
        Receive<Rebuild>(rebuild => Build(rebuild.Worker));
        Receive<WorkerActor.Ready>(Welcome);
    }

    void Miss(IActorRef stopped)
    {
        if (crew.Find(stopped) is not { } worker)
            return;
        worker.Actor = null;
        if (worker.Job is { } job)
            EndWithoutAWord(worker, job, FaultCatalogue.CrashLoop);
        worker.Fault = FaultCatalogue.CrashLoop;
        if (faults.Current.StopsBroken(options.Lane, worker.Number, faults.Now))
            crew.Stop(worker);
        else
            BuildAfter(knobs.RestartBackoff, worker);
    }

    void BuildAfter(TimeSpan pause, CrewMember worker)
    {
        var self = Self;
        worker.Resting = time.CreateTimer(_ => self.Tell(new Rebuild(worker)), null, pause, Timeout.InfiniteTimeSpan);
    }

    void Build(CrewMember worker)
    {
        if (worker.State != WorkerState.Restarting || worker.Actor is not null)
            return;
        worker.Actor = NewWorker(worker.Number);
        worker.Actor.Tell(WorkerActor.Announce.Now);
    }

    void Welcome(WorkerActor.Ready ready)
    {
        if (crew.Find(ready.Number, Sender) is not { State: WorkerState.Restarting } worker)
            return;
        books.Restarted();
        Rest(worker);
    }

    sealed record Rebuild(CrewMember Worker);
}
