using Akka.Actor;
using TinyResilient.ServiceB.Faults;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

// How work enters a pool and how it ends: with one answer, in the books, and with the policies told.
public sealed partial class PoolActor
{
    Job NewJob(DoWork work)
    {
        var job = new Job(++jobs, work, Sender, knobs, Deadline(work));
        books.Received();
        return job;
    }

    long Deadline(DoWork work)
    {
        var leftMs = work.BudgetMs - transit.AgeMs(work.Sender, work.SentMs, time.MonotonicMs());
        return time.GetTimestamp() + (long)(leftMs * time.TimestampFrequency / 1000.0);
    }

    bool IsTooLate(Job job) => time.GetTimestamp() >= job.Deadline;

    void EndWithoutAWord(CrewMember worker, Job job, string? fault)
    {
        var spent = time.GetElapsedTime(worker.Since);
        worker.Fault = fault ?? worker.Fault;
        Conclude(job, WorkOutcome.Crashed, spent, worker.Number, fault, answers: job.Knobs.AnswerBeforeRestart);
        Count(worker, WorkOutcome.Crashed);
        Restart(worker, fault == FaultCatalogue.CrashLoop ? RestartCause.Broken : RestartCause.Crashed);
    }

    void Answer(Job job, WorkOutcome outcome) => Conclude(job, outcome, TimeSpan.Zero, -1, null, answers: true);

    void Conclude(Job job, WorkOutcome outcome, TimeSpan spent, int worker, string? fault, bool answers)
    {
        var answer = Wire.Fit(
            new WorkAnswer(job.Work.CallId, outcome, options.Host, spent.TotalMilliseconds, worker, fault));
        if (answers)
            job.Asker.Tell(answer);
        books.Ended(job.Work.RequestId, outcome, spent, heard: answers && !IsTooLate(job), answered: answers);
        Remember(job, answer, answers);
    }
}
