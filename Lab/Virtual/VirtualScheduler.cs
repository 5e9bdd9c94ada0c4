using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.Remote;

namespace TinyResilient.Lab.Virtual;

/// <summary>Akka's scheduler on the timers of a virtual host.</summary>
public sealed class VirtualScheduler(Config settings, ILoggingAdapter log) : SchedulerBase(settings, log), IDateTimeOffsetNowTimeProvider
{
    readonly HostTime _time = Place.Of(settings, "akka.scheduler.").Time;

    protected override DateTimeOffset TimeNow => _time.GetUtcNow();

    public override TimeSpan MonotonicClock => TimeSpan.FromTicks(_time.GetTimestamp());

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Set(delay, Timeout.InfiniteTimeSpan, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Set(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Set(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Set(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Set(delay, Timeout.InfiniteTimeSpan, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Set(initialDelay, interval, action.Run, cancelable);

    void Set(TimeSpan delay, TimeSpan period, Action action, ICancelable? cancelable)
    {
        if (cancelable is { IsCancellationRequested: true })
            return;
        var timer = _time.CreateTimer(_ => Fire(action, cancelable), null, delay, period);
        // A repeated one would else be due for ever
        cancelable?.Token.UnsafeRegister(static timer => ((ITimer)timer!).Dispose(), timer);
    }

    static void Fire(Action action, ICancelable? cancelable)
    {
        if (cancelable is not { IsCancellationRequested: true })
            action();
    }
}

/// <summary>Akka.Remote's failure detector by deadline, on the clock of a virtual host.</summary>
public sealed class VirtualDeadline : FailureDetector
{
    readonly HostTime _time;
    readonly TimeSpan _limit;
    long? _heard;

    public VirtualDeadline(Config settings, EventStream _)
    {
        _time = Place.Of(settings, "").Time;
        _limit = settings.GetTimeSpan("acceptable-heartbeat-pause") + settings.GetTimeSpan("heartbeat-interval");
    }

    public override bool IsAvailable => _heard is not { } heard || _time.GetElapsedTime(heard) < _limit;

    public override bool IsMonitoring => _heard is not null;

    public override void HeartBeat() => _heard = _time.GetTimestamp();
}
