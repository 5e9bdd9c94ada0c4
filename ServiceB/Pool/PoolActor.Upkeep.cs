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
        Receive<Watch>(watch => ReplaceHung(watch.Now));
        Receive<Rested>(rested => Rest(rested.Worker));
        Receive<Reset>(_ => StartAnew());
        Receive<Look>(_ => Sender.Tell(Snapshot()));
        Receive<Drain>(_ => BeginDrain());
    }

    protected override void PreStart()
    {
        StartWatchdog();
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

    protected override void PostStop() => watchdog?.Dispose();

    void Retune(WorkKnobs now)
    {
        knobs = now;
        while (crew.Members.Count < knobs.Workers)
            crew.Join();
        while (crew.Members.Count > knobs.Workers)
            if (crew.Leave(out var worker) && worker.Actor is { } idle) Context.Stop(idle);
        Dispatch();
    }

    IActorRef NewWorker(int number)
    {
        var survives = options.Supervision == Supervision.Resume;
        return Context.ActorOf(Props.Create(() => new WorkerActor(number, survives, time)), $"worker-{number}-{++actors}");
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
        foreach (var worker in crew.Members)
            worker.Restarts = 0;
        books.Reset(queue.Count + crew.Working);
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

    void Show() => books.Show(queue.Count, crew.Idle, crew.Working, crew.Restarting);

    PoolSnapshot Snapshot() => new(
        queue.Count, knobs.QueueLimit,
        [.. crew.Members.Select(worker => new WorkerSnapshot(worker.Number, worker.State, worker.Restarts))],
        books.Ledger(queue.Count, crew.Working), books.Effects);

    sealed record Rested(CrewMember Worker);
}
