namespace TinyResilient.Lab.Virtual;

/// <summary>
/// The clock of one world: it begins at 0, and moves only when everything that an instant had to do is done. Timers are
/// due in the order of their instants, and at one instant in the order in which they were set.
/// </summary>
sealed class VirtualClock : TimeProvider
{
    static readonly DateTimeOffset begin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly Lock _gate = new(); // services are built on a thread of their own
    readonly PriorityQueue<(Timer Timer, long Setting), (long Due, long Number)> _due = new();
    long _now, _number;
    volatile Timer? _newest;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => begin.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves to the next instant at which a timer is due, and fires that timer.</summary>
    /// <returns>False: none is set.</returns>
    public bool Step()
    {
        if (Next() is not { } timer)
            return false;
        _newest = timer;
        timer.Fire();
        return true;
    }

    /// <summary>What was due last, for whoever asks where the clock stands.</summary>
    public string Doing => _newest?.Words ?? "its start";

    Timer? Next()
    {
        lock (_gate)
        {
            while (_due.TryDequeue(out var entry, out var place))
            {
                if (entry.Timer.Take(entry.Setting) is not { } period)
                    continue;
                _now = Math.Max(_now, place.Due);
                if (period > 0)
                    _due.Enqueue(entry, (_now + period, ++_number));
                return entry.Timer;
            }
            return null;
        }
    }

    sealed class Timer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        long _setting, _period;
        bool _isSet;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _setting++; // what is queued under an older one is passed over
                _period = Math.Max(0, period.Ticks);
                _isSet = dueTime != Timeout.InfiniteTimeSpan;
                if (_isSet)
                    clock._due.Enqueue((this, _setting), (clock._now + Math.Max(0, dueTime.Ticks), ++clock._number));
            }
            return true;
        }

        /// <summary>Its period in ticks, 0 for one that fires once; null where it has been set anew meanwhile.</summary>
        public long? Take(long setting)
        {
            if (!_isSet || setting != _setting)
                return null;
            _isSet = _period > 0;
            return _period;
        }

        public void Fire() => callback(state);

        public string Words
        {
            get
            {
                var method = (state is HostTime.Timer { Callback: var own } ? own : callback).Method;
                return $"{method.DeclaringType}.{method.Name}";
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
