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
    readonly WorkBooks books;
    readonly TimeProvider time;
    readonly TransitClock transit = new();
    readonly Crew crew = new();
    readonly Queue<Job> queue = [];
    WorkKnobs knobs;
    bool draining;
    long jobs;

    public PoolActor(PoolOptions options, Func<WorkKnobs> current, WorkBooks books, TimeProvider time)
    {
        (this.options, this.books, this.time, knobs) = (options, books, time, current());
        Receive<DoWork>(Accept);
        Receive<WorkerActor.Ended>(End);
        Receive<WorkerActor.Restarted>(restarted => Return(restarted.Number));
        Receive<Probe>(_ => Sender.Tell(new Probed(options.Incarnation, options.Host, Accepting: !draining)));
        ReceiveUpkeep();
    }

    protected override SupervisorStrategy SupervisorStrategy() =>
        ActorTree.OverWorkers(options.Supervision, Context.GetLogger());

    // slide: pool
    void Accept(DoWork work)
    {
        var job = new Job(++jobs, work, Sender, knobs, Deadline(work));
        books.Received();
        if (draining) Answer(job, WorkOutcome.Draining);
        else if (IsTooLate(job)) Answer(job, WorkOutcome.Expired);
        else if (crew.LongestIdle is { } worker) Start(worker, job);
        else if (queue.Count < knobs.QueueLimit) queue.Enqueue(job);
        else Answer(job, WorkOutcome.Busy);
    }

    void Dispatch()
    {
        while (crew.LongestIdle is { } worker
               && queue.TryDequeue(out var job))
            if (IsTooLate(job)) Answer(job, WorkOutcome.Expired);
            else Start(worker, job);
    }
    // end of slide

    void Start(CrewMember worker, Job job)
    {
        crew.Start(worker, job, time.GetTimestamp());
        worker.Actor ??= NewWorker(worker.Number);
        worker.Actor.Tell(job);
    }

    void End(WorkerActor.Ended ended)
    {
        if (crew.Find(ended.Number, Sender) is not { } worker || worker.Job != ended.Job)
            return; // late: this worker has been replaced, and the asker has had its answer
        Answer(ended.Job, ended.Outcome, ended.Spent, ended.Number, ended.Fault);
        if (ended.Outcome == WorkOutcome.Completed || options.Supervision == Supervision.Resume)
            Rest(worker);
        else
            crew.Restart(worker); // takes work again when it says Restarted
    }

    void Return(int number)
    {
        if (crew.Find(number, Sender) is not { } worker)
            return;
        if (worker.Job is { } job) // it died without a word
        {
            if (job.Knobs.AnswerBeforeRestart) Answer(job, WorkOutcome.Crashed, default, number);
            else books.Ended(job.Work.RequestId, WorkOutcome.Crashed, default, heard: false, answered: false);
            crew.Restart(worker);
        }
        books.Restarted();
        RestAfter(knobs.RestartBackoff, worker);
    }

    void Rest(CrewMember worker)
    {
        if (!crew.Rest(worker)) Context.Stop(worker.Actor!);
        Dispatch();
        FinishDrain();
    }

    void Answer(Job job, WorkOutcome outcome, TimeSpan spent = default, int worker = -1, string? fault = null)
    {
        job.Asker.Tell(new WorkAnswer(
            job.Work.CallId, outcome, options.Host, spent.TotalMilliseconds, worker, fault));
        books.Ended(job.Work.RequestId, outcome, spent, heard: !IsTooLate(job), answered: true);
    }

    long Deadline(DoWork work)
    {
        var leftMs = work.BudgetMs - transit.AgeMs(work.Sender, work.SentMs, time.MonotonicMs());
        return time.GetTimestamp() + (long)(leftMs * time.TimestampFrequency / 1000.0);
    }

    bool IsTooLate(Job job) => time.GetTimestamp() >= job.Deadline;
}
