using Akka.Actor;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

// Policies around the core of a pool, each off by default: work of one id is done once (IDEMPOTENCY), an id that crashes
// workers is refused (QUARANTINE_AFTER), work that could not end in time is not begun (EXPIRY_MARGIN).
public sealed partial class PoolActor
{
    const string Quarantined = "quarantined";
    readonly WorkMemory memory;
    readonly Dictionary<string, List<Job>> underWay = [];

    void ReceivePolicies()
    {
        Receive<DoWork>(Refuse, work => IsQuarantined(work, knobs));
        Receive<DoWork>(AcceptOnce, _ => knobs.Idempotency);
    }

    void Refuse(DoWork work) => Conclude(NewJob(work), WorkOutcome.Failed, TimeSpan.Zero, -1, Quarantined, answers: true);

    // The first attempt of an id leads; others wait for its end, or get what it left.
    void AcceptOnce(DoWork work)
    {
        var job = NewJob(work);
        if (IsTooLate(job))
            Answer(job, WorkOutcome.Expired);
        else if (memory.AnswerOf(work.RequestId) is { } answer)
            Repeat(job, answer, answers: true);
        else
            Lead(job);
    }

    void Lead(Job job)
    {
        if (underWay.TryGetValue(job.Work.RequestId, out var followers))
        {
            followers.Add(job);
            return;
        }
        underWay[job.Work.RequestId] = [];
        Admit(job);
    }

    /// <summary>Asked when a worker would take the work. True where a policy has answered it instead.</summary>
    bool IsTurnedAway(Job job)
    {
        var margin = job.Knobs.ExpiryMargin * memory.MeanServiceTime;
        if (IsQuarantined(job.Work, job.Knobs))
            Conclude(job, WorkOutcome.Failed, TimeSpan.Zero, -1, Quarantined, answers: true);
        else if (time.GetElapsedTime(time.GetTimestamp(), job.Deadline) < margin)
            Answer(job, WorkOutcome.Expired);
        else
            return false;
        return true;
    }

    /// <summary>Told of every piece of work that has ended.</summary>
    void Remember(Job job, WorkAnswer answer, bool answers)
    {
        var id = job.Work.RequestId;
        if (job.Knobs.QuarantineAfter > 0 && answer.Outcome == WorkOutcome.Crashed)
            memory.Crashed(id);
        if (job.Knobs.Idempotency && answer.Outcome == WorkOutcome.Completed)
            memory.Done(id, answer);
        if (!underWay.Remove(id, out var followers))
            return;
        foreach (var follower in followers)
            if (answer.Outcome is WorkOutcome.Expired or WorkOutcome.Busy or WorkOutcome.Draining)
                Lead(follower); // nothing was done: the next one leads
            else
                Repeat(follower, answer, answers || answer.Outcome == WorkOutcome.Completed);
    }

    void Repeat(Job job, WorkAnswer answer, bool answers)
    {
        if (answers)
            job.Asker.Tell(answer with { CallId = job.Work.CallId });
        books.Repeated(answer.Outcome, heard: answers && !IsTooLate(job), answered: answers);
    }

    bool IsQuarantined(DoWork work, WorkKnobs under) =>
        under.QuarantineAfter > 0 && memory.CrashesOf(work.RequestId) >= under.QuarantineAfter;

    int Following => underWay.Values.Sum(followers => followers.Count);
}
