using TinyResilient.LoadTest;

namespace Specs.LoadTest;

/// <summary>Runs made by hand.</summary>
static class Samples
{
    public static readonly LoadOptions Options = new() { Url = new Uri("http://localhost:8000/process"), Seed = 42 };

    public static readonly Answer Ok = new(Outcome.Succeeded, null, 1, BreakerState.Closed);
    public static readonly Answer Failure = new(Outcome.Failed, "upstream 500", 3, BreakerState.Closed);
    public static readonly Answer Refusal = new(Outcome.Refused, "circuit open", 0, BreakerState.Open);

    /// <summary>What the defaults of the services give.</summary>
    public static readonly Prediction Defaults = new Knobs(0.3, 30, 800, 1, 2, 5).Predict(200);

    public static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    public static Sample Taking(double ms, Answer answer, double dueMs = 0) =>
        new("42-1", Ms(dueMs), Ms(dueMs), Ms(dueMs + ms), answer);

    public static LoadResult Fold(params Sample[] samples)
    {
        var fold = new LoadFold();
        foreach (var sample in samples)
        {
            fold.Add(sample);
        }

        return fold.Result(Options, Options.Duration, interrupted: false);
    }

    /// <summary>The users' sample run: numbers of the summary that they gave.</summary>
    public static LoadResult UsersRun() => new()
    {
        Options = Options,
        Sending = Options.Duration,
        Counts = new Tally
        {
            Succeeded = 156,
            Refused = 40,
            Failed = 4,
            Closed = 126,
            HalfOpen = 21,
            Open = 53,
            AnswersWithAttempts = 200,
            Attempted = 160,
            Attempts = 222,
        },
        Causes =
        [
            new(Outcome.Refused, "circuit open", 40),
            new(Outcome.Failed, "upstream 500", 3),
            new(Outcome.Failed, "timeout", 1),
        ],
        BreakerOpen = new(1, Ms(4200), Ms(5000), FromTheStart: false, ToTheEnd: false),
        All = new(200, 310.111, 280.5, 702.921, 901.25, 950),
        Ok = new(156, 244.881, 240, 501.028, 610, 612.5),
        Service = new(200, 309.9, 280.4, 702.8, 901.1, 949.9),
        Lag = new(200, 0.12, 0.1, 0.15, 0.4, 2.1),
        Seconds = [new(0, new Tally { Succeeded = 19, Refused = 1 }, new(20, 300, 280, 700, 800, 800), 0.4)],
    };
}
