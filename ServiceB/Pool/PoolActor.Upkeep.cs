using Akka.Actor;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

// What keeps a pool well: its size, rests, reset, drain, and a look at it.
public sealed partial class PoolActor
{
    IActorRef drainer = ActorRefs.Nobody;
    long actors;

    void ReceiveUpkeep()
    {
        Receive<WorkKnobs>(Retune);
        ReceiveWatchdog();
        Receive<Rested>(rested => Rest(rested.Worker));
        Receive<Reset>(_ => StartAnew());
        Receive<Look>(_ => Sender.Tell(Snapshot()));
        Receive<Drain>(_ => BeginDrain());
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

    void Show() => books.Show(queue.Count, crew.Count);

    PoolSnapshot Snapshot()
    {
        crew.LetRecover(faults.Now);
        return new PoolSnapshot(
            queue.Count, knobs.QueueLimit,
            [.. crew.Members.Select(worker => new WorkerSnapshot(
                worker.Number, worker.Shown, worker.Restarts, worker.Fault, worker.Failures, worker.RestartMs, worker.RestartCause))],
            books.Ledger(queue.Count + Following, crew.Working), books.Effects);
    }

    sealed record Rested(CrewMember Worker);
}
