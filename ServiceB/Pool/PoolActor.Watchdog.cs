using Akka.Actor;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

// The watchdog of a pool: replaces a worker whose work does not end.
public sealed partial class PoolActor
{
    static readonly TimeSpan watchdogPeriod = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan longestTick = TimeSpan.FromSeconds(1);
    ITimer? watchdog;
    long watchedAt;

    void StartWatchdog()
    {
        var self = Self;
        watchedAt = time.GetTimestamp();
        watchdog = time.CreateTimer(
            _ => self.Tell(new Watch(time.GetTimestamp())), null, watchdogPeriod, watchdogPeriod);
    }

    void ReplaceHung(long now)
    {
        var missed = time.GetElapsedTime(watchedAt, now) > longestTick ? now - watchedAt : 0;
        watchedAt = now;
        foreach (var worker in crew.Busy)
            worker.Since += missed; // this whole process stood still, which is no fault of the work
        foreach (var worker in crew.Busy.Where(worker => HasHung(worker, now)).ToList())
        {
            Answer(worker.Job!, WorkOutcome.Hung, time.GetElapsedTime(worker.Since), worker.Number);
            Context.Stop(worker.Actor!);
            worker.Actor = NewWorker(worker.Number);
            crew.Restart(worker);
            books.Restarted();
            RestAfter(knobs.RestartBackoff, worker);
        }
    }

    bool HasHung(CrewMember worker, long now) =>
        worker.Job!.Knobs.HangAfter is { Ticks: > 0 } limit && time.GetElapsedTime(worker.Since, now) > limit;

    sealed record Watch(long Now);
}
