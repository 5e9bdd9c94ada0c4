namespace TinyResilient.LoadTest;

/// <summary>
/// Folds samples into a result, one at a time, in the order in which they ended. It keeps counts
/// and histograms, never the samples, and never looks at a clock. Not safe for concurrent use.
/// </summary>
/// <param name="keepsSeconds">Whether the result has a row for each second.</param>
public sealed class LoadFold(bool keepsSeconds = true)
{
    // Causes are a stranger's words: those beyond so many different ones are counted as "other"
    const int MostCauses = 30;

    readonly Dictionary<(Outcome Outcome, string Cause), long> causes = [];
    readonly SortedDictionary<int, SecondFold> seconds = [];
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
        SecondOf(sample.Intended)?.Add(sample);
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
        SecondOf(intended)?.AddDropped();
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
        Seconds = [.. seconds.Select(second => second.Value.Row(second.Key))],
    };

    void Explain(TimeSpan intended, Answer answer)
    {
        if (answer is { Outcome: not Outcome.Succeeded, Cause: { } cause })
        {
            var known = causes.ContainsKey((answer.Outcome, cause)) || causes.Count < MostCauses;
            var key = (answer.Outcome, known ? cause : "other");
            causes[key] = causes.GetValueOrDefault(key) + 1;
        }

        if (answer.Outcome == Outcome.NoAnswer && !(intended >= firstNoAnswer))
        {
            firstNoAnswer = intended;
        }
    }

    SecondFold? SecondOf(TimeSpan intended)
    {
        if (!keepsSeconds)
        {
            return null;
        }

        var number = (int)intended.TotalSeconds;
        return seconds.TryGetValue(number, out var second) ? second : seconds[number] = new();
    }
}
