using Akka.Actor;
using Akka.Event;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>
/// A bounded queue in front of workers. Promises one answer to every piece of work that reaches it; never waits, and
/// never starts work that is too late. When one worker fails, it is answered for and repaired; the others don't notice.
/// </summary>
public sealed partial class PoolActor : ReceiveActor
{
    readonly PoolOptions options;
    readonly FaultBoard faults;
    readonly WorkBooks books;
    readonly TimeProvider time;
    readonly TransitClock transit = new();
    readonly Crew crew = new();
    readonly Queue<Job> queue = [];
    WorkKnobs knobs;
    bool draining;
    long jobs;

    public PoolActor(
        PoolOptions options, Func<WorkKnobs> current, FaultBoard faults, WorkBooks books, WorkMemory memory, TimeProvider time)
    {
        (this.options, this.faults, this.books, this.memory) = (options, faults, books, memory);
        (this.time, knobs) = (time, current());
        ReceivePolicies();
        Receive<DoWork>(Accept);
        ReceiveWhileStalled();
        Receive<WorkerActor.Ended>(End);
        Receive<WorkerActor.Dying>(Mourn);
        Receive<WorkerActor.Restarted>(Return);
        Receive<Probe>(_ => Sender.Tell(new Probed(options.Incarnation, options.Host, Accepting: !draining)));
        ReceiveUpkeep();
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        ActorTree.OverWorkers(Context.GetLogger(), rests: () => knobs.RestartBackoff > TimeSpan.Zero);

    // slide: pool
    void Accept(DoWork work) => Admit(NewJob(work));

    void Admit(Job job)
    {
        if (draining) Answer(job, WorkOutcome.Draining);
        else if (IsTooLate(job)) Answer(job, WorkOutcome.Expired);
        else if (Free is { } worker) Start(worker, job);
        else if (queue.Count < knobs.QueueLimit) queue.Enqueue(job);
        else Answer(job, WorkOutcome.Busy);
    }

    void Dispatch()
    {
        while (Free is { } worker
               && queue.TryDequeue(out var job))
            if (IsTooLate(job)) Answer(job, WorkOutcome.Expired);
            else Start(worker, job);
    }

    CrewMember? Free => IsStalled ? null : crew.LongestIdle;
    // end of slide

    void Start(CrewMember worker, Job job)
    {
        if (IsTurnedAway(job))
            return;
        job = job with { Supervision = knobs.SupervisionOf(options.Lane) };
        crew.Start(worker, job, time.GetTimestamp());
        if (job.Supervision == Supervision.Fresh)
        {
            Discard(worker);
            worker.IsOutdated = true;
        }
        worker.Actor ??= NewWorker(worker.Number);
        worker.Actor.Tell(job);
    }

    void End(WorkerActor.Ended ended)
    {
        if (crew.Find(ended.Number, Sender) is not { } worker || worker.Job != ended.Job)
            return; // late: this worker has been replaced, and the asker has had its answer
        Conclude(ended.Job, ended.Outcome, ended.Spent, ended.Number, ended.Fault, ended.IsHeard);
        worker.Fault = ended.Fault ?? worker.Fault;
        Count(worker, ended.Outcome);
        if (ended.Outcome == WorkOutcome.Completed)
            memory.Took(ended.Spent - ended.Frozen);
        if (ended.Restarts)
        {
            Restart(worker, ended.Outcome == WorkOutcome.Crashed ? RestartCause.Crashed : RestartCause.Failed); // until it says Restarted
            return;
        }
        crew.Examine(worker, ended.Note);
        Rest(worker);
    }

    void Rest(CrewMember worker)
    {
        Measure(worker);
        if (worker.IsOutdated) Discard(worker);
        if (!crew.Rest(worker)) Dismiss(worker);
        Dispatch();
        FinishDrain();
    }
}
