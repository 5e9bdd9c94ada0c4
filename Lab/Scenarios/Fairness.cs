namespace TinyResilient.Lab.Scenarios;

/// <summary>
/// The arms in which the lanes are not equal, so that nobody has to believe in equal policies: each as its makers ship it,
/// and each as its friends would tune it. Not predicted; shown beside the equal ones with their settings.
/// </summary>
static class Fairness
{
    public const string Defaults = "defaults against defaults";
    public const string Tuned = "tuned against tuned";

    /// <summary>
    /// The files of ServiceA that hold each lane's policies alone, and their lines of code without blanks and comments. What
    /// both lanes share (schedule of pauses, course of a call) is in neither.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, (int Lines, string[] Files)> Code = new Dictionary<string, (int, string[])>
    {
        [Lane.Actor] = (122, ["Gateway/CallPath.cs", "Upstream/NodeBreaker.cs"]),
        [Lane.Http] = (28, ["Http/HttpPipeline.cs"]),
    };

    /// <summary>
    /// Akka as shipped: one attempt, no breaker, an Ask that waits (for ever; 20 s here), a failing actor is restarted. .NET as
    /// shipped: the standard resilience handler (3 retries from 2 s, attempt timeout 10 s, breaker at 10 % of at least
    /// 100 in 30 s), an object that lives on.
    /// </summary>
    /// <param name="plain">Fault and load.</param>
    public static IEnumerable<Arm> Arms(Arm plain)
    {
        yield return plain.With(Defaults,
            ("ACTOR_REQUEST_TIMEOUT_S", 20.0), ("ACTOR_TOTAL_TIMEOUT_S", 20.0), ("ACTOR_MAX_RETRIES", 0), ("ACTOR_FAILURE_THRESHOLD", 0),
            ("ACTOR_SUPERVISION", "restart"), ("HTTP_PIPELINE", "standard"), ("HTTP_SUPERVISION", "resume")) with
        {
            IsEqual = false,
            IsUnmodelled = true,
            Remark = "no policy of one's own: one Ask, and AddStandardResilienceHandler()",
        };
        yield return plain.With(Tuned,
            ("REQUEST_TIMEOUT_S", 0.5), ("MAX_RETRIES", 2), ("BACKOFF_BASE_MS", 20.0), ("HANG_AFTER_MS", 400.0),
            ("ACTOR_FAILURE_THRESHOLD", 20), ("HTTP_FAILURE_THRESHOLD", 1), ("HTTP_BREAKER", "ratio"), ("BREAKER_RATIO", 0.8), ("BREAKER_MIN_CALLS", 100),
            ("COOL_DOWN_SECONDS", 0.5), ("ACTOR_SUPERVISION", "restart"), ("HTTP_SUPERVISION", "fresh")) with
        {
            IsEqual = false,
            IsUnmodelled = true,
            Remark = $"lines of code for the policies: {string.Join(", ", Code.Select(lane =>
                $"{lane.Key} {lane.Value.Lines} ({string.Join(", ", lane.Value.Files)})"))}",
        };
    }
}
