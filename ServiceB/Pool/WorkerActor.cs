using Akka.Actor;
using TinyResilient.ServiceB.Faults;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>A planned failure of a worker: what a web service would answer with 500.</summary>
public sealed class WorkFailedException(string fault) : Exception($"the work failed: {fault}")
{
    public string Fault => fault;
}

/// <summary>
/// Does one piece of work at a time and reports its end to its pool. Never waits on a blocked thread or on Akka's
/// scheduler. When it fails it says so first (ANSWER_BEFORE_RESTART) and then lets its supervisor decide about its state.
/// </summary>
public sealed class WorkerActor : ReceiveActor
{
    readonly int number;
    readonly bool survives;
    readonly TimeProvider time;
    ITimer? timer;
    long started;

    /// <param name="number">Number of the worker in its pool, from 0.</param>
    /// <param name="survives">Whether its supervisor resumes it after a planned failure, instead of a restart.</param>
    /// <param name="time">The clock that latency is measured on.</param>
    public WorkerActor(int number, bool survives, TimeProvider time)
    {
        (this.number, this.survives, this.time) = (number, survives, time);
        Receive<Job>(Begin);
        Receive<Due>(due => Finish(due.Job, due.Plan));
    }

    protected override void PostRestart(Exception reason) => Context.Parent.Tell(new Restarted(number));

    protected override void PostStop() => timer?.Dispose();

    // slide: worker
    void Begin(Job job)
    {
        started = time.GetTimestamp();
        var plan = FaultModel.Plan(
            job.Knobs, job.Work.RequestId, job.Work.Attempt);
        if (plan.Duration == TimeSpan.Zero)
            Finish(job, plan);
        else
            FinishAfter(plan.Duration, new Due(job, plan));
    }

    void Finish(Job job, WorkPlan plan)
    {
        if (plan.Fault is null)
        {
            Report(job, WorkOutcome.Completed);
            return;
        }
        if (survives || job.Knobs.AnswerBeforeRestart)
            Report(job, WorkOutcome.Failed, plan.Fault);
        throw new WorkFailedException(plan.Fault); // the supervisor's turn
    }
    // end of slide

    void FinishAfter(TimeSpan delay, Due due)
    {
        var self = Self;
        timer?.Dispose();
        timer = time.CreateTimer(_ => self.Tell(due), null, delay, Timeout.InfiniteTimeSpan);
    }

    void Report(Job job, WorkOutcome outcome, string? fault = null) =>
        Context.Parent.Tell(new Ended(number, job, outcome, time.GetElapsedTime(started), fault));

    /// <summary>To the pool: this piece of work has ended.</summary>
    public sealed record Ended(int Number, Job Job, WorkOutcome Outcome, TimeSpan Spent, string? Fault);

    /// <summary>To the pool: this worker has been restarted, and has clean state.</summary>
    public sealed record Restarted(int Number);

    sealed record Due(Job Job, WorkPlan Plan);
}
