using Akka.Actor;
using TinyResilient.ServiceB.Faults;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>A planned failure of a worker: what a web service would answer with 500.</summary>
public sealed class WorkFailedException(string fault, Directive directive) : Exception($"the work failed: {fault}")
{
    public string Fault => fault;

    /// <summary>What its supervisor is to do with the worker.</summary>
    public Directive Directive => directive;
}

/// <summary>
/// Does one piece of work at a time and reports its end to its pool. Never waits on a blocked thread or on Akka's
/// scheduler. When it fails it says so first (ANSWER_BEFORE_RESTART) and then lets its supervisor decide about its state.
/// </summary>
public sealed partial class WorkerActor : ReceiveActor
{
    readonly WorkerOptions options;
    readonly TimeProvider time;
    readonly WorkerHealth health = new();
    ITimer? timer;
    long started;

    /// <exception cref="WorkFailedException">Where a fault makes constructors fail.</exception>
    public WorkerActor(WorkerOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        FailWhereAFaultSaysSo();
        Receive<Job>(Begin);
        Receive<Due>(due => Finish(due.Job, due.Plan));
        Receive<Announce>(_ => Context.Parent.Tell(new Ready(options.Number)));
    }

    protected override void PreRestart(Exception reason, object message)
    {
        if (Context is null) return; // Akka has cleared it already: the constructor of its successor failed
        Context.Parent.Tell(new Dying(options.Number, (reason as WorkFailedException)?.Fault));
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason) => Context.Parent.Tell(new Restarted(options.Number));

    protected override void PostStop() => timer?.Dispose();

    // slide: worker
    void Begin(Job job)
    {
        started = time.GetTimestamp();
        var plan = PlanFor(job);
        if (plan.Ending == Ending.Never)
            Context.Parent.Tell(new Stuck(options.Number, job, plan.Fault!));
        else if (plan.Duration == TimeSpan.Zero)
            Finish(job, plan);
        else
            FinishAfter(plan.Duration, new Due(job, plan));
    }

    void Finish(Job job, WorkPlan plan)
    {
        var restarts = plan.Throws && job.Supervision == Supervision.Restart;
        var speaks = plan.Ending != Ending.Crashed
            && job.Knobs.AnswerBeforeRestart;
        if (speaks || !restarts)
            Report(job, plan, restarts);
        if (plan.Throws) // the supervisor's turn
            throw new WorkFailedException(plan.Fault!,
                restarts ? Directive.Restart : Directive.Resume);
    }
    // end of slide

    void FinishAfter(TimeSpan delay, Due due)
    {
        var self = Self;
        timer?.Dispose();
        timer = time.CreateTimer(_ => self.Tell(due), null, delay, Timeout.InfiniteTimeSpan);
    }

    void Report(Job job, WorkPlan plan, bool restarts) => Context.Parent.Tell(new Ended(
        options.Number, job, OutcomeOf(plan.Ending), time.GetElapsedTime(started), plan.Fault)
    {
        IsHeard = plan.Ending != Ending.Unheard,
        Restarts = restarts,
        Note = health.NoteWith(options.Faults.Current.SpoiltStore(options.Lane, options.Number)),
    });
}
