namespace TinyResilient.LoadTest;

/// <summary>One run: its clock, what is under way, and the fold into which every ended request goes.</summary>
sealed class LoadRun(
    LoadOptions options, Target target, TimeProvider clock, Action<Sample>? onSample, CancellationToken stop)
{
    // A closed loop against a dead server would otherwise do nothing but connect, as fast as it can
    static readonly TimeSpan PauseWithoutAnswer = TimeSpan.FromMilliseconds(100);

    // Until the first send, so that starting a thread and compiling its code makes no request late
    readonly TimeSpan lead = TimeSpan.FromMilliseconds(options.Clients is null ? 50 : 0);
    readonly LoadFold fold = new();
    readonly Lock gate = new();
    readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly long start = clock.GetTimestamp();
    long lastNumber;
    long lastWarmUpNumber;

    // The sending holds one place itself, so that the count reaches zero only after it
    int underWay = 1;

    TimeSpan Now => clock.GetElapsedTime(start) - lead - options.WarmUp;

    public async Task<LoadResult> RunAsync()
    {
        var sending = await (options.Clients is { } clients ? SendClosedAsync(clients) : SendOpenAsync());
        Land();
        await drained.Task;
        return fold.Result(options, sending > TimeSpan.Zero ? sending : TimeSpan.Zero, stop.IsCancellationRequested);
    }

    public LoadProgress Progress()
    {
        lock (gate)
        {
            return new(Now, Math.Max(0, underWay - 1), fold.Counts);
        }
    }

    // A thread of its own: on the pool, the sending would queue behind the answers
    Task<TimeSpan> SendOpenAsync() => Task.Factory.StartNew(
        SendOpen, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    TimeSpan SendOpen()
    {
        var pacer = new Pacer(() => Now, stop);
        foreach (var shot in new LoadSchedule(options).Shots())
        {
            if (!pacer.WaitUntil(shot.At))
            {
                return Now;
            }

            if (Volatile.Read(ref underWay) <= options.MaxInFlight)
            {
                _ = SendAsync(shot);
            }
            else if (shot.Counted)
            {
                Drop(shot);
            }
        }

        return TimeSpan.FromTicks(Math.Max(Now.Ticks, options.Duration.Ticks));
    }

    async Task<TimeSpan> SendClosedAsync(int clients)
    {
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(ClientAsync, CancellationToken.None)));
        return stop.IsCancellationRequested ? Now : options.Duration;
    }

    async Task ClientAsync()
    {
        while (Now < options.Duration && !stop.IsCancellationRequested)
        {
            var at = Now;
            var number = at < TimeSpan.Zero
                ? Interlocked.Increment(ref lastWarmUpNumber)
                : Interlocked.Increment(ref lastNumber);
            if (await SendAsync(new Shot(number, at)) is { Outcome: Outcome.NoAnswer })
            {
                await Task.Delay(PauseWithoutAnswer, clock, CancellationToken.None);
            }
        }
    }

    async Task<Answer?> SendAsync(Shot shot)
    {
        Interlocked.Increment(ref underWay);
        try
        {
            var id = $"{options.Seed}-{(shot.Counted ? "" : "w")}{shot.Number}";
            var sent = options.Clients is null ? Now : shot.At;
            var answer = await target.AskAsync(id, stop);
            if (shot.Counted)
            {
                Keep(answer is { } given ? new Sample(id, shot.At, sent, Now, given) : null);
            }

            return answer;
        }
        catch (Exception bug)
        {
            // Nobody awaits this task in an open loop: a bug has to end the run, not to vanish
            drained.TrySetException(bug);
            return null;
        }
        finally
        {
            Land();
        }
    }

    void Keep(Sample? sample)
    {
        lock (gate)
        {
            if (sample is { } ended)
            {
                fold.Add(ended);
                onSample?.Invoke(ended);
            }
            else
            {
                fold.AddUnfinished();
            }
        }
    }

    void Drop(Shot shot)
    {
        lock (gate)
        {
            fold.AddDropped(shot.At);
        }
    }

    void Land()
    {
        if (Interlocked.Decrement(ref underWay) == 0)
        {
            drained.TrySetResult();
        }
    }
}
