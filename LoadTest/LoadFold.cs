namespace TinyResilient.LoadTest;

/// <summary>
/// Folds samples into a result, one at a time, in the order in which they ended. It keeps counts and histograms,
/// never the samples, and never looks at a clock. Not safe for concurrent use.
/// </summary>
public sealed class LoadFold
{
    // Causes are a stranger's words: what comes beyond so many different ones is counted as "other"
    const int MostCauses = 30;

    readonly Dictionary<(Outcome Outcome, string Cause), long> causes = [];
    readonly SortedDictionary<int, Second> seconds = [];
    readonly Latencies all = new();
    readonly Latencies ok = new();
    readonly Latencies service = new();
    readonly Latencies lag = new();
    readonly BreakerTimeline breaker = new();
    long unfinished;
    TimeSpan? firstNoAnswer;

    /// <summary>Counts so far.</summary>
    public Tally Counts { get; private set; }

    /// <summary>A request that was sent has ended.</summary>
    public void Add(in Sample sample)
    {
        Counts = Counts.With(sample.Answer);
        all.Add(sample.Response);
        service.Add(sample.Service);
        lag.Add(sample.Lag);
        SecondOf(sample.Intended).Add(sample);
        Explain(sample.Intended, sample.Answer);

        if (sample.Answer.Outcome == Outcome.Succeeded)
        {
            ok.Add(sample.Response);
        }

        if (sample.Answer.Breaker is { } state)
        {
            breaker.Add(sample.Ended, state);
        }
    }

    /// <summary>A request was due, but not sent.</summary>
    public void AddDropped(TimeSpan intended)
    {
        Counts = Counts with { Dropped = Counts.Dropped + 1 };
        var second = SecondOf(intended);
        second.Counts = second.Counts with { Dropped = second.Counts.Dropped + 1 };
    }

    /// <summary>A request was cut off by an interruption.</summary>
    public void AddUnfinished() => unfinished++;

    /// <summary>All of it.</summary>
    /// <param name="options">What was asked.</param>
    /// <param name="sending">How long the sending took.</param>
    /// <param name="interrupted">Whether it was stopped before its end.</param>
    public LoadResult Result(LoadOptions options, TimeSpan sending, bool interrupted) => new()
    {
        Options = options,
        Sending = sending,
        Interrupted = interrupted,
        Unfinished = unfinished,
        Counts = Counts,
        Causes = [.. causes.Select(c => new CauseCount(c.Key.Outcome, c.Key.Cause, c.Value))
            .OrderByDescending(c => c.Count).ThenBy(c => c.Cause, StringComparer.Ordinal)],
        BreakerOpen = breaker.Story(),
        FirstNoAnswer = firstNoAnswer,
        All = all.Summary(),
        Ok = ok.Summary(),
        Service = service.Summary(),
        Lag = lag.Summary(),
        Seconds = [.. seconds.Select(s => s.Value.Row(s.Key))],
    };

    void Explain(TimeSpan intended, Answer answer)
    {
        if (answer is { Outcome: not Outcome.Succeeded, Cause: { } cause })
        {
            var key = (answer.Outcome, cause);
            key = causes.ContainsKey(key) || causes.Count < MostCauses ? key : (answer.Outcome, "other");
            causes[key] = causes.GetValueOrDefault(key) + 1;
        }

        if (answer.Outcome == Outcome.NoAnswer && !(intended >= firstNoAnswer))
        {
            firstNoAnswer = intended;
        }
    }

    Second SecondOf(TimeSpan intended)
    {
        var number = (int)intended.TotalSeconds;
        return seconds.TryGetValue(number, out var second) ? second : seconds[number] = new();
    }

    sealed class Second
    {
        // Two digits: a histogram for every second of a long run has to be small
        readonly Latencies response = new(digits: 2);
        double? lagMaxMs;

        public Tally Counts { get; set; }

        public void Add(in Sample sample)
        {
            Counts = Counts.With(sample.Answer);
            response.Add(sample.Response);
            lagMaxMs = Math.Max(lagMaxMs ?? 0, sample.Lag.TotalMilliseconds);
        }

        public SecondRow Row(int number) => new(number, Counts, response.Summary(), lagMaxMs);
    }
}
