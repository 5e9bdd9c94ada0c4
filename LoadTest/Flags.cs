using System.CommandLine;

namespace TinyResilient.LoadTest;

/// <summary>What a command line asks for: a run, and what to do with its result.</summary>
/// <param name="Patience">How long a question beside the load may take.</param>
sealed record LoadCommandLine(
    LoadOptions Options, TimeSpan Patience, IReadOnlyList<Threshold> Thresholds, string? Json, string? Csv);

/// <summary>
/// The options of the command line, with their texts, defaults and limits. Nothing is sent while
/// one of them is wrong. An option that was not given reads as null.
/// </summary>
sealed class Flags
{
    const string UrlVariable = "LOADTEST_URL";
    const string UsualUrl = "http://localhost:8000/process";
    const string UrlAllowed = "an absolute http:// or https:// address without a user name";

    readonly Option<Uri?> url = Flag.Of("--url", "URL", UrlAllowed, Values.Url,
        "Address that gets the requests, each a GET. "
        + $"Default: {UrlVariable} of the environment, else {UsualUrl}");

    readonly Option<double?> rps = Flag.Of("--rps", "N", "a number from 0.01 to 100000",
        text => Values.Number(text, 0.01, Values.HighestRate),
        "Requests per second, each sent when it is due, whatever became of those before it. "
        + "Default: 20");

    readonly Option<TimeSpan?> seconds = Flag.Of("--seconds", "TIME", "a time from 100ms to 24h",
        text => Values.Duration(text, Values.ShortestRun, Values.LongestRun),
        "How long: 10, 10s, 500ms, 2m or 1h. Exactly rps x seconds requests are sent (rounded up), "
        + "and after the last of them every answer is awaited. Default: 10");

    readonly Option<IReadOnlyList<Stage>?> stages = Flag.Of("--stages", "LIST",
        "TIME:RATE,TIME:RATE,... with times from 100ms to 24h, rates from 0 to 100000, one above 0",
        Values.Stages,
        "Rates one after the other, instead of --rps and --seconds. Example: 5s:20,10s:100,5s:0");

    readonly Option<Arrivals?> arrivals = Flag.Of("--arrivals", "KIND",
        "even or poisson", Values.Arrivals,
        "even: at equal distances; poisson: at random instants, as independent users come. "
        + "Default: even");

    readonly Option<TimeSpan?> warmUp = Flag.Of("--warmup", "TIME", "a time from 0 to 1h",
        text => Values.Duration(text, TimeSpan.Zero, TimeSpan.FromHours(1)),
        "Time before the run, at its first rate, whose requests are sent but not counted. "
        + "Default: 0");

    readonly Option<long?> closed = Flag.Of("--closed", "N", "a whole number from 1 to 10000",
        text => Values.Whole(text, 1, 10_000),
        "A closed loop of N clients instead of --rps: each waits for its answer before it asks "
        + "again. It hides what users wait while the target stalls, and is here to show that");

    readonly Option<TimeSpan?> timeout = Flag.Of("--timeout", "TIME", "a time from 10ms to 10m",
        text => Values.Duration(text, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10)),
        "How long a request may take from its send before it counts as not answered. "
        + "Questions about knobs and faults obey it as well. Default: 60, for those 5");

    readonly Option<long?> maxInFlight = Flag.Of("--max-in-flight", "N",
        "a whole number from 1 to 1000000",
        text => Values.Whole(text, 1, 1_000_000),
        "Requests under way at once; a further one is dropped, and counts as not successful. "
        + "Default: 10000");

    readonly Option<long?> retries = Flag.Of("--retries", "N", "a whole number from 0 to 10",
        text => Values.Whole(text, 0, 10),
        "Times that the client asks again, at once, after an answer that is no success: on top of "
        + "the retries of the gateway. Default: 0");

    readonly Option<long?> seed = Flag.Of("--seed", "N",
        "a whole number from 0 to 9223372036854775807",
        text => Values.Whole(text, 0, long.MaxValue),
        "Request n carries X-Request-Id SEED-n: the same seed meets the same faults. "
        + "Default: from the clock; the report tells it");

    readonly Option<Threshold[]?> thresholds = Flag.Several("--threshold", "RULE",
        Threshold.Allowed, Threshold.Read,
        "What must hold at the end, else exit code 99: \"success>=95\", \"p95<300ms\"; may be "
        + $"repeated. A rule is {Threshold.Allowed}");

    readonly Option<string?> json = new("--json")
    {
        HelpName = "FILE",
        Description = "Also write all figures as JSON",
    };

    readonly Option<string?> csv = new("--csv")
    {
        HelpName = "FILE",
        Description = "Also write a row per second as CSV",
    };

    public void AddTo(Command command)
    {
        Array.ForEach<Option>(
            [
                url, rps, seconds, stages, arrivals, warmUp, closed, timeout, maxInFlight, retries, seed,
                thresholds, json, csv,
            ],
            command.Options.Add);
        Flag.Exclude(command, stages, rps, seconds, closed);
        Flag.Exclude(command, closed, rps, arrivals, maxInFlight);
        command.Validators.Add(result =>
        {
            if (result.GetResult(url) is null && Values.Url(UrlFromEnvironment) is null)
            {
                result.AddError(Flag.Wrong(UrlVariable, UrlFromEnvironment, UrlAllowed));
            }

            if (result.GetResult(json)?.Tokens is [var one]
                && result.GetResult(csv)?.Tokens is [var other] && one.Value == other.Value)
            {
                result.AddError(Flag.Wrong("--csv", other.Value, "another file than --json"));
            }
        });
    }

    public LoadCommandLine Read(ParseResult parsed, TimeProvider clock) => new(
        new LoadOptions
        {
            Url = parsed.GetValue(url) ?? new Uri(UrlFromEnvironment),
            Seed = parsed.GetValue(seed) ?? clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Stages = parsed.GetValue(stages) ?? [new(
                parsed.GetValue(seconds) ?? TimeSpan.FromSeconds(10), parsed.GetValue(rps) ?? 20)],
            Arrivals = parsed.GetValue(arrivals) ?? Arrivals.Even,
            Clients = (int?)parsed.GetValue(closed),
            WarmUp = parsed.GetValue(warmUp) ?? TimeSpan.Zero,
            Timeout = parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(60),
            MaxInFlight = (int?)parsed.GetValue(maxInFlight) ?? 10_000,
            Retries = (int?)parsed.GetValue(retries) ?? 0,
        },
        // They only add a sentence; a service that has just started may need a moment for them
        parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(5),
        parsed.GetValue(thresholds) ?? [],
        parsed.GetValue(json),
        parsed.GetValue(csv));

    static string UrlFromEnvironment =>
        Environment.GetEnvironmentVariable(UrlVariable) is { Length: > 0 } set ? set : UsualUrl;
}
