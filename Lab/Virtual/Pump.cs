namespace TinyResilient.Lab.Virtual;

/// <summary>
/// Moves a virtual clock. It is an item of the thread pool like all others, and comes up again and again: when nothing
/// else waits there, all that an instant had to do is done, and the clock goes on to the next. This needs a pool of one
/// thread, and then the order of everything depends on nothing but the world.
/// </summary>
sealed class Pump(VirtualClock clock)
{
    readonly TaskCompletionSource _stands = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _holds;
    bool _isStopped, _rests;

    /// <summary>Makes this process one in which virtual time is exact. False: this system does not let it.</summary>
    public static bool Prepare() =>
        Environment.ProcessorCount == 1 && ThreadPool.SetMinThreads(1, 1) && ThreadPool.SetMaxThreads(1, 1);

    public void Start()
    {
        _rests = false;
        ThreadPool.UnsafeQueueUserWorkItem(static self => self.Turn(), this, preferLocal: false);
    }

    public void Stop() => _isStopped = true;

    /// <summary>What is begun on this thread ends on another, and the clock stands still until it has.</summary>
    /// <remarks>Akka's start waits on its thread for its actors: on the only thread of the pool it would wait for ever.</remarks>
    public async Task<T> Off<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _holds++;
        new Thread(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        {
            IsBackground = true,
        }.Start();
        try
        {
            return await done.Task;
        }
        finally
        {
            if (--_holds == 0 && _rests)
                Start();
        }
    }

    /// <summary>Ends when the work does, or when nothing can happen any more that it waits for.</summary>
    /// <exception cref="InvalidOperationException">The world stands still.</exception>
    public async Task<T> Drive<T>(Task<T> work)
    {
        if (await Task.WhenAny(work, _stands.Task) == work)
            return await work;
        throw new InvalidOperationException("nothing is due any more, and the arm has not ended");
    }

    void Turn()
    {
        _rests = _isStopped || _holds > 0;
        if (_rests)
            return;
        if (ThreadPool.PendingWorkItemCount == 0 && !clock.Step())
            _stands.TrySetResult();
        Start();
    }
}
