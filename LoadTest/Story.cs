namespace TinyResilient.LoadTest;

/// <summary>Tells a run in one sentence, from what its client saw and what theory expects; it never guesses a cause.</summary>
public static class Story
{
    // Lateness that users could notice in the latencies
    const double LateMs = 10;

    /// <summary>The sentence, without a line break.</summary>
    public static string Sentence(LoadResult result, Prediction? theory)
    {
        var sentence = string.Join("; ", Clauses(result, theory));
        return char.ToUpperInvariant(sentence[0]) + sentence[1..] + ".";
    }

    static IEnumerable<string> Clauses(LoadResult result, Prediction? theory)
    {
        var counts = result.Counts;
        if (result.Interrupted)
        {
            yield return $"interrupted after {Format.Seconds(result.Sending)}";
        }

        if (IsBottleneck(result))
        {
            yield return $"the load generator itself was the bottleneck (p95 of its lag {result.Lag?.P95Ms:F0} ms), "
                + "so these figures are not the target's";
        }

        if (counts.Dropped > 0)
        {
            yield return $"{Format.Count(counts.Dropped, "request")} dropped at {result.Options.MaxInFlight} in flight";
        }

        if (counts.Sent == 0)
        {
            yield return result.Unfinished > 0
                ? $"none of {Format.Count(result.Unfinished, "request")} had ended yet"
                : "no request was sent";
        }
        else if (counts.Answered == 0)
        {
            yield return $"no request got an answer ({Most(result, Outcome.NoAnswer)}): is {result.Options.Url} up?";
        }
        else
        {
            foreach (var clause in Answered(result, theory))
            {
                yield return clause;
            }
        }
    }

    static IEnumerable<string> Answered(LoadResult result, Prediction? theory)
    {
        var counts = result.Counts;
        var success = counts.Succeeded == 0 ? $"none of {counts.Total} succeeded"
            : counts.Succeeded == counts.Total ? $"all {counts.Total} succeeded"
            : $"{Format.Percent(counts.SuccessPercent)} succeeded";
        if (counts.NoAnswer > 0)
        {
            yield return $"{Format.Count(counts.NoAnswer, "request")} got no answer ({Most(result, Outcome.NoAnswer)}), "
                + $"the first of them due at {Format.Seconds(result.FirstNoAnswer ?? TimeSpan.Zero)}";
        }

        if (counts.Unknown == counts.Total)
        {
            yield return $"{success}, by HTTP status alone: the answers carry no breaker state";
            yield break;
        }

        yield return result.BreakerOpen is { } open ? Opened(open, result) : "the breaker was never seen open";
        var expected = theory is null ? "" : result.BreakerOpen is null
            ? $", theory says {Format.Percent(theory.SuccessPercent)}"
            : $", without the breaker theory says {Format.Percent(theory.SuccessPercent)}";
        yield return success + expected;

        if (theory?.TripPercent is > 0 and var trip)
        {
            yield return $"{About(trip)} of runs like this one trip the breaker"
                + (result.BreakerOpen is null ? " and succeed less often" : "");
        }
    }

    static string Opened(BreakerOpen open, LoadResult result)
    {
        var refused = result.Causes.Where(c => c is { Outcome: Outcome.Refused, Cause: "circuit open" }).Sum(c => c.Count);
        var since = open.FromTheStart ? "open from the first answer on" : $"seen open from {Format.Seconds(open.FirstSeen)} on";
        var length = open.ToTheEnd && open.Times == 1 ? "to the end" : $"for {Format.Seconds(open.Total)}";
        var again = open.Times == 1 ? "" : $" in all, {open.Times} times{(open.ToTheEnd ? " and to the end" : "")}";
        return $"the breaker was {since}, {length}{again}, {Format.Count(refused, "request")} refused";
    }

    static bool IsBottleneck(LoadResult result) => result.Options.Clients is null && result.Lag?.P95Ms > LateMs;

    static string Most(LoadResult result, Outcome outcome) =>
        "mostly: " + result.Causes.First(c => c.Outcome == outcome).Cause;

    static string About(double percent) =>
        percent < 1 ? "under 1 %" : percent > 99 ? "over 99 %" : $"about {percent:F0} %";
}
