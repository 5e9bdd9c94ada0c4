namespace TinyResilient.LoadTest;

/// <summary>How the requests of one stage are spread over it.</summary>
public enum Arrivals
{
    /// <summary>At equal distances.</summary>
    Even,

    /// <summary>At random, independent of each other, as many users cause them.</summary>
    Poisson,
}

/// <summary>A stretch of load at one rate.</summary>
/// <param name="Duration">Longer than zero.</param>
/// <param name="Rate">Requests per second; zero is a pause.</param>
public readonly record struct Stage(TimeSpan Duration, double Rate)
{
    /// <summary>
    /// Duration x rate, rounded up; in decimals: 1.1 x 10 is 11 requests, not the 12 of a binary
    /// 11.000000000000002.
    /// </summary>
    public long Requests =>
        (long)decimal.Ceiling((decimal)Rate * Duration.Ticks / TimeSpan.TicksPerSecond);
}

/// <summary>
/// What one run asks for. The numbers are taken as they are: the command line checks them.
/// </summary>
public sealed record LoadOptions
{
    /// <summary>Absolute http or https address; each request is a GET of it.</summary>
    public required Uri Url { get; init; }

    /// <summary>
    /// Names the run: request n carries the id <c>seed-n</c>, and random arrivals come from it.
    /// </summary>
    public required long Seed { get; init; }

    /// <summary>One after the other. A closed loop takes only their duration.</summary>
    public IReadOnlyList<Stage> Stages { get; init; } = [new(TimeSpan.FromSeconds(10), 20)];

    /// <summary>Spread of the requests within a stage.</summary>
    public Arrivals Arrivals { get; init; }

    /// <summary>
    /// Clients of a closed loop, each waiting for its answer before it asks again; null: an open
    /// loop.
    /// </summary>
    public int? Clients { get; init; }

    /// <summary>Sent before the run at the rate of its first stage, and not counted.</summary>
    public TimeSpan WarmUp { get; init; }

    /// <summary>
    /// Times that the client asks again, at once, after an answer that is no success. A further
    /// try carries the id <c>seed-n.k</c>: to the target it is another request.
    /// </summary>
    public int Retries { get; init; }

    /// <summary>
    /// How long one request may take from its actual send before it counts as not answered.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Requests under way at once; one more is dropped, which bounds memory when nobody answers.
    /// </summary>
    public int MaxInFlight { get; init; } = 10_000;

    /// <summary>
    /// Whether the result has a row for each second; without them an endless run needs no more
    /// memory than a short one.
    /// </summary>
    public bool KeepsSeconds { get; init; } = true;

    /// <summary>Length of the counted run, without warm-up and drain.</summary>
    public TimeSpan Duration => TimeSpan.FromTicks(Stages.Sum(stage => stage.Duration.Ticks));

    /// <summary>
    /// Requests per second over the whole run; null in a closed loop, whose rate is the target's.
    /// </summary>
    public double? AskedRate =>
        Clients is null ? new LoadSchedule(this).Count / Duration.TotalSeconds : null;
}
