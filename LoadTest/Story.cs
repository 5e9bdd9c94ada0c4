namespace TinyResilient.LoadTest;

/// <summary>
/// Tells a run in one sentence, from what its client saw and what theory expects. It never guesses
/// a cause.
/// </summary>
public static class Story
{
    // Less than this is the noise of a busy machine
    const double LateMs = 10;

    /// <summary>The sentence, without a line break.</summary>
    public static string Sentence(LoadResult result, Prediction? theory)
    {
        var sentence = string.Join("; ", [.. Limits(result), .. Outcomes(result, theory)]);
        var end = sentence.EndsWith('?') ? "" : ".";
        return char.ToUpperInvariant(sentence[0]) + sentence[1..] + end;
    }

    // What a reader must know before believing the figures
    static IEnumerable<string> Limits(LoadResult result)
    {
        if (result.Interrupted)
        {
            yield return result.Sending > TimeSpan.Zero
                ? $"interrupted after {Format.Seconds(result.Sending)}"
                : "interrupted before the run";
        }

        if (IsLate(result))
        {
            yield return $"the load generator was {(IsBottleneck(result) ? "itself the bottleneck" : "late")} "
                + $"(p95 of its schedule lag {result.Lag?.P95Ms:F0} ms, "
                + "which is in these latencies)";
        }

        if (result.Counts.Dropped > 0)
        {
            yield return $"{Format.Count(result.Counts.Dropped, "request")} dropped "
                + $"at {result.Options.MaxInFlight} in flight";
        }
    }

    // Late by a tenth of what was measured, or by ever more until the end
    static bool IsLate(LoadResult result) =>
        result.Options.Clients is null && result.Lag?.P95Ms > LateMs
        && (result.Lag.P95Ms > result.All?.P95Ms / 10 || IsBottleneck(result));

    static bool IsBottleneck(LoadResult result) => result.Sending > 1.01 * result.Options.Duration;

    static IEnumerable<string> Outcomes(LoadResult result, Prediction? theory)
    {
        var counts = result.Counts;
        var missing = $"{Format.Count(counts.NoAnswer, "request")} got no answer";
        return counts switch
        {
            { Sent: 0 } when result.Unfinished > 0 =>
                [$"none of {Format.Count(result.Unfinished, "request")} had ended yet"],
            { Sent: 0 } => ["no request was sent"],
            { Answered: 0 } =>
            [
                $"no request got an answer ({Most(result, Outcome.NoAnswer)}): "
                    + $"is {result.Options.Url} up?",
            ],
            { NoAnswer: > 0 } =>
            [
                $"{missing} ({Most(result, Outcome.NoAnswer)}), "
                    + $"the first of them due at {Format.Seconds(result.FirstNoAnswer ?? default)}",
                .. Answers(result, theory),
            ],
            _ => Answers(result, theory),
        };
    }

    static IEnumerable<string> Answers(LoadResult result, Prediction? theory)
    {
        var (open, success) = (result.BreakerOpen, Success(result));
        if (result.Counts.Unknown == result.Counts.Total)
        {
            return [success, "no answer told a state of the breaker"];
        }

        var seen = open is null ? "the breaker was never seen open" : Opened(open, result);
        var away = Away(result).ToList();
        if (result.Counts.Succeeded > 0)
        {
            seen = string.Join("; ", [.. away, seen]);
        }

        if (theory is null)
        {
            return [seen, success];
        }

        var without = away.Count > 0 ? "with service-b there " : open is null ? "" : "without the breaker ";
        var expected = $"{success}, {without}theory says {Format.Percent(theory.SuccessPercent)}";
        return theory.TripPercent is > 0 and { } trip
            ? [seen, expected, Chance(trip) + (open is null ? " and succeed less often" : "")]
            : [seen, expected];
    }

    // What neither breaker nor retries are to blame for
    static IEnumerable<string> Away(LoadResult result)
    {
        if (Count(result, Outcome.Refused, "service-b unavailable") is > 0 and var gone)
        {
            yield return $"{Format.Count(gone, "request")} refused because service-b was not there";
        }

        if (Count(result, Outcome.Failed, "connection lost") is > 0 and var lost)
        {
            yield return $"{Format.Count(lost, "request")} failed because the connection to service-b was lost";
        }
    }

    static string Success(LoadResult result)
    {
        var counts = result.Counts;
        return counts.Succeeded == counts.Total ? $"all {counts.Total} succeeded"
            : counts.Succeeded > 0 ? $"{Format.Percent(counts.SuccessPercent)} succeeded"
            : $"none of {counts.Total} succeeded ({Most(result, Outcome.Failed, Outcome.Refused)})";
    }

    static string Opened(BreakerOpen open, LoadResult result)
    {
        var refused = Count(result, Outcome.Refused, "circuit open");
        var since = open.FromTheStart
            ? "open from the first answer on"
            : $"seen open from {Format.Seconds(open.FirstSeen)} on";
        var length = open switch
        {
            { Times: 1, ToTheEnd: true } => "to the end",
            { Times: 1 } => $"for {Format.Seconds(open.Total)}",
            _ => $"for {Format.Seconds(open.Total)} in all, {open.Times} times"
                + (open.ToTheEnd ? " and to the end" : ""),
        };
        return $"the breaker was {since}, {length}, {Format.Count(refused, "request")} refused";
    }

    static long Count(LoadResult result, Outcome outcome, string cause) => result.Causes
        .Where(one => one.Outcome == outcome && one.Cause == cause).Sum(one => one.Count);

    static string Chance(double percent)
    {
        var about = percent switch
        {
            < 1 => "under 1 %",
            > 99 => "over 99 %",
            _ => $"about {percent:F0} %",
        };
        return $"{about} of runs like this one trip the breaker";
    }

    static string Most(LoadResult result, params Outcome[] outcomes) =>
        "mostly: " + result.Causes.First(cause => outcomes.Contains(cause.Outcome)).Cause;
}
