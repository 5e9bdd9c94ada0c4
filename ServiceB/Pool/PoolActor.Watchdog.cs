using Akka.Actor;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

// The watchdog of a pool: replaces a worker whose work does not end, and ends work that nobody is left for.
public sealed partial class PoolActor
{
    static readonly TimeSpan watchdogPeriod = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan longestTick = TimeSpan.FromSeconds(1);
    ITimer? watchdog;
    long watchedAt;

    void ReceiveWatchdog()
    {
        Receive<Watch>(watch =>
        {
            ReplaceHung(watch.Now);
            LetExpire();
        });
        Receive<WorkerActor.Stuck>(Note);
    }

    void StartWatchdog()
    {
        var self = Self;
        watchedAt = time.GetTimestamp();
        watchdog = time.CreateTimer(
            _ => self.Tell(new Watch(time.GetTimestamp())), null, watchdogPeriod, watchdogPeriod);
    }

    void ReplaceHung(long now)
    {
        var stoodStill = IsStalled || time.GetElapsedTime(watchedAt, now) > longestTick;
        var missed = stoodStill ? now - watchedAt : 0;
        watchedAt = now;
        foreach (var worker in crew.Busy)
            // this whole process stood still, which is no fault of the work
            worker.Since += Math.Clamp(now - worker.Since, 0, missed);
        foreach (var worker in crew.Busy.Where(worker => HasHung(worker, now)).ToList())
            Replace(worker);
    }

    void Replace(CrewMember worker)
    {
        var spent = time.GetElapsedTime(worker.Since);
        Conclude(worker.Job!, WorkOutcome.Hung, spent, worker.Number, worker.IsStuck ? worker.Fault : null, answers: true);
        Count(worker, WorkOutcome.Hung);
        Restart(worker, RestartCause.Hung);
        Discard(worker);
        books.Restarted();
        RestAfter(knobs.RestartBackoff, worker);
    }

    // Who takes work looks whether it is too late. Where every worker is stopped, nobody does.
    void LetExpire()
    {
        if (crew.Count(WorkerState.Stopped) < crew.Members.Count)
            return;
        while (queue.TryPeek(out var job) && IsTooLate(job))
        {
            Answer(queue.Dequeue(), WorkOutcome.Expired);
            FinishDrain();
        }
    }

    bool HasHung(CrewMember worker, long now) =>
        worker.Job!.Knobs.HangAfter is { Ticks: > 0 } limit && time.GetElapsedTime(worker.Since, now) > limit;

    void Note(WorkerActor.Stuck stuck)
    {
        if (crew.Find(stuck.Number, Sender) is { } worker && worker.Job == stuck.Job)
            crew.Stick(worker, stuck.Fault);
    }

    sealed record Watch(long Now);
}
