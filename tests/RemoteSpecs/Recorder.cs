namespace RemoteSpecs;

/// <summary>Keeps what happened, and lets a spec wait for a fact, with a limit, without polling.</summary>
sealed class Recorder<T>
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    readonly Lock _lock = new();
    readonly List<T> _all = [];
    readonly List<(Predicate<T> Wanted, TaskCompletionSource<T> Found)> _waiting = [];

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_lock)
                return [.. _all];
        }
    }

    public void Add(T item)
    {
        lock (_lock)
        {
            _all.Add(item);
            foreach (var waiter in _waiting.Where(waiter => waiter.Wanted(item)).ToList())
            {
                _waiting.Remove(waiter);
                waiter.Found.SetResult(item);
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
            _all.Clear();
    }

    /// <summary>The first item, past or future, that is wanted.</summary>
    /// <exception cref="TimeoutException">It did not come; says what did.</exception>
    public async Task<T> First(Predicate<T> wanted)
    {
        try
        {
            return await Future(wanted).WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"waited {Limit.TotalSeconds} s; seen: {string.Join("\n", All)}");
        }
    }

    Task<T> Future(Predicate<T> wanted)
    {
        lock (_lock)
        {
            var past = _all.FindIndex(wanted);
            if (past >= 0)
                return Task.FromResult(_all[past]);
            var found = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((wanted, found));
            return found.Task;
        }
    }
}
