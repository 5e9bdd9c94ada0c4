using Akka.Actor;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

// What keeps a pool well: its size, its workers' actors, their rests.
public sealed partial class PoolActor
{
    long actors;

    void ReceiveUpkeep()
    {
        Receive<WorkKnobs>(Retune);
        ReceiveWatchdog();
        ReceiveRebuilds();
        Receive<Rested>(rested => Rest(rested.Worker));
        ReceiveOrders();
    }

    protected override void PreStart()
    {
        StartWatchdog();
        Thaw();
        Retune(knobs);
        Show();
    }

    // Whatever a message has changed, the metrics show it once it is handled.
    protected override bool AroundReceive(Receive receive, object message)
    {
        var isHandled = base.AroundReceive(receive, message);
        Show();
        return isHandled;
    }

    protected override void PreRestart(Exception reason, object message)
    {
        foreach (var job in queue.Concat(crew.Busy.Select(worker => worker.Job!)))
            Answer(job, WorkOutcome.Crashed);
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        watchdog?.Dispose();
        thaw?.Dispose();
    }

    void Retune(WorkKnobs now)
    {
        knobs = now;
        while (crew.Members.Count < knobs.Workers)
            crew.Join();
        while (crew.Members.Count > knobs.Workers)
            if (crew.Leave(out var worker)) Dismiss(worker);
        Dispatch();
    }

    IActorRef NewWorker(int number)
    {
        var worker = new WorkerOptions(options.Lane, number, faults, knobs.Seed);
        var actor = Context.ActorOf(Props.Create(() => new WorkerActor(worker, time)), $"worker-{number}-{++actors}");
        return Context.Watch(actor);
    }

    // The next work makes a new one
    void Discard(CrewMember worker)
    {
        Dismiss(worker);
        worker.IsOutdated = false;
        crew.Examine(worker, StoreOf(worker));
    }

    static void Dismiss(CrewMember worker)
    {
        if (worker.Actor is { } actor)
            Context.Stop(Context.Unwatch(actor));
        worker.Actor = null;
    }

    void RestAfter(TimeSpan pause, CrewMember worker)
    {
        var self = Self;
        if (pause == TimeSpan.Zero)
            Rest(worker);
        else // kept with the worker: a timer that nobody refers to is collected, and never fires
            worker.Resting = time.CreateTimer(_ => self.Tell(new Rested(worker)), null, pause, Timeout.InfiniteTimeSpan);
    }

    void Show() => books.Show(queue.Count, crew.Count);

    sealed record Rested(CrewMember Worker);
}
