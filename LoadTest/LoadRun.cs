namespace TinyResilient.LoadTest;

/// <summary>
/// One run: its clock, what is under way, and the fold into which every ended request goes. It ends
/// when the last answer is in, never before; a request that is stopped is counted as unfinished.
/// </summary>
/// <param name="stop">Ends requests that are under way.</param>
/// <param name="stopSending">Ends the sending.</param>
sealed class LoadRun(
    LoadOptions options, Target target, TimeProvider clock, Action<Sample>? onSample,
    CancellationToken stop, CancellationToken stopSending)
{
    // Until the first send, so that starting a thread and compiling its code makes no request late
    static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(50);

    readonly LoadFold fold = new(options.KeepsSeconds);
    readonly Lock gate = new();
    readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly long start = clock.GetTimestamp();

    // The sending holds one place itself, so that the count reaches zero only after it
    int underWay = 1;

    /// <summary>Time of the run: negative before it, while it warms up.</summary>
    public TimeSpan Now => clock.GetElapsedTime(start) - options.WarmUp
        - (options.Clients is null ? Lead : TimeSpan.Zero);

    /// <summary>
    /// Whether nothing more is to be sent. Not only a token that is linked to both: while one of
    /// them is being cancelled, what hangs on it ends before that one hears of it.
    /// </summary>
    public bool IsStopped => stop.IsCancellationRequested || stopSending.IsCancellationRequested;

    public int InFlight => Math.Max(0, Volatile.Read(ref underWay) - 1);

    public LoadProgress Progress()
    {
        lock (gate)
        {
            return new(Now, InFlight, fold.Counts);
        }
    }

    public async Task<LoadResult> RunAsync()
    {
        await (options.Clients is { } clients
            ? new ClosedLoop(options, clients, this, clock).SendAsync()
            : new OpenLoop(options, this, clock, stopSending).SendAsync());
        var sending = SendingTime();
        Land();
        await drained.Task;
        return fold.Result(options, sending, stop.IsCancellationRequested);
    }

    public async Task<Answer?> SendAsync(Shot shot)
    {
        Interlocked.Increment(ref underWay);
        try
        {
            var id = $"{options.Seed}-{(shot.Counted ? "" : "w")}{shot.Number}";
            var sent = options.Clients is null ? Now : shot.At;
            var answer = await AskAsync(id);
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

    async Task<Answer?> AskAsync(string id)
    {
        var answer = await target.AskAsync(id, stop);
        for (var retry = 1; retry <= options.Retries; retry++)
        {
            if (answer is not { Outcome: not Outcome.Succeeded } failed)
            {
                break;
            }

            answer = (await target.AskAsync($"{id}.{retry}", stop))?.After(failed);
        }

        return answer;
    }

    public void Drop(Shot shot)
    {
        lock (gate)
        {
            fold.AddDropped(shot.At);
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

    // An open loop that fell behind took longer than planned; a closed one only waits for answers
    TimeSpan SendingTime()
    {
        var (now, planned) = (Now, options.Duration);
        var late = options.Clients is null && now > planned;
        var took = IsStopped || late ? now : planned;
        return took > TimeSpan.Zero ? took : TimeSpan.Zero;
    }

    void Land()
    {
        if (Interlocked.Decrement(ref underWay) == 0)
        {
            drained.TrySetResult();
        }
    }
}
