namespace TinyResilient.Lab.Virtual;

/// <summary>
/// How one host sees the clock of its world. A host that is paused does nothing when something is due, and all of it at
/// once when it goes on; one that is dead does nothing any more.
/// </summary>
sealed class HostTime(VirtualClock clock) : TimeProvider
{
    readonly List<Action> _held = [];
    bool _isPaused;

    public bool IsDead { get; private set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Set(dueTime, period);
        return timer;
    }

    /// <summary>Now; after its pause, if it has one; never, where it is dead.</summary>
    public void Do(Action action)
    {
        if (IsDead)
            return;
        if (_isPaused)
            _held.Add(action);
        else
            action();
    }

    public void Pause() => _isPaused = true;

    public void GoOn()
    {
        _isPaused = false;
        Action[] held = [.. _held];
        _held.Clear();
        foreach (var action in held)
            Do(action);
    }

    public void Die()
    {
        IsDead = true;
        _held.Clear();
    }

    internal sealed class Timer(HostTime host, TimerCallback callback, object? state) : ITimer
    {
        ITimer? _inner;
        bool _isHeld, _isGone;

        public TimerCallback Callback => callback;

        public void Set(TimeSpan dueTime, TimeSpan period) =>
            _inner = host.IsDead ? null : host.CreateInner(static self => ((Timer)self!).Due(), this, dueTime, period);

        void Due()
        {
            if (host.IsDead)
                _inner?.Dispose();
            else if (host._isPaused && !_isHeld)
                Hold();
            else if (!host._isPaused)
                Fire();
        }

        // However often it was due during a pause, it fires once
        void Hold()
        {
            _isHeld = true;
            host._held.Add(() =>
            {
                _isHeld = false;
                Fire();
            });
        }

        void Fire()
        {
            if (!_isGone)
                callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => _inner?.Change(dueTime, period) == true;

        public void Dispose()
        {
            _isGone = true;
            _inner?.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }

    ITimer CreateInner(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
