namespace TinyResilient.LoadTest;

/// <summary>
/// What stands below the summary: how well the load was sent, where time went, why requests failed.
/// </summary>
public static class Details
{
    /// <summary>The text, ending with a line break.</summary>
    public static string Text(LoadResult result, Prediction? theory)
    {
        var seed = result.Options.Seed;
        string[] lines =
        [
            "=== beyond the summary ===",
            $"Target: {result.Options.Url}",
            .. result.Options.Clients is { } clients ? Closed(result, clients) : [Open(result)],
            .. Uncounted(result),
            .. Retries(result),
            "",
            .. LatencyTable.Lines(result),
            "",
            .. Reasons(result),
            Attempts(result.Counts, theory),
            $"Seed: {seed} (--seed {seed} sends the same request ids again)",
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    static string Open(LoadResult result)
    {
        var rates = $"asked {Format.Number(result.Options.AskedRate)}/s, "
            + $"achieved {Format.Number(result.AchievedRate)}/s";
        var requests = Format.Count(result.Counts.Sent + result.Unfinished, "request");
        var arrivals = result.Options.Arrivals == Arrivals.Even ? "even" : "Poisson";
        var length = Format.Seconds(result.Sending);
        return $"Rate: {rates} ({requests} in {length}, {arrivals} arrivals)";
    }

    static string[] Closed(LoadResult result, int clients) =>
    [
        $"Rate: {Format.Number(result.AchievedRate)}/s "
            + $"from {Format.Count(clients, "client")} in a closed loop",
        "  Each client waits for its answer before it asks again. While the target stalls it sends",
        "  nothing, so what users would have waited then is hidden: --rps shows it.",
    ];

    static IEnumerable<string> Uncounted(LoadResult result)
    {
        var warmUp = result.Options.WarmUp;
        if (warmUp > TimeSpan.Zero)
        {
            yield return $"Warm-up: {Format.Seconds(warmUp)} before the run, sent but not counted";
        }

        if (result.Unfinished > 0)
        {
            yield return $"Cut off by the interruption: {result.Unfinished}, not counted";
        }
    }

    static IEnumerable<string> Retries(LoadResult result)
    {
        if (result.Options.Retries > 0)
        {
            yield return $"Asked again by the client: {Format.Count(result.Counts.Retries, "time")}, "
                + $"at most {result.Options.Retries} for each request";
        }
    }

    static IEnumerable<string> Reasons(LoadResult result)
    {
        var counts = result.Counts;
        (string Name, long Count, Outcome Outcome)[] groups =
        [
            ("Refused", counts.Refused, Outcome.Refused),
            ("Failed", counts.Failed, Outcome.Failed),
            ("No answer", counts.NoAnswer, Outcome.NoAnswer),
        ];
        foreach (var (name, count, outcome) in groups)
        {
            yield return $"{name}: {count}" + (count > 0 ? $" ({counts.Percent(count):F1} %)" : "");
            foreach (var cause in result.Causes.Where(cause => cause.Outcome == outcome))
            {
                yield return $"  {cause.Cause}: {cause.Count}";
            }
        }

        if (counts.Dropped > 0)
        {
            yield return $"Dropped: {counts.Dropped}, never sent because "
                + $"{result.Options.MaxInFlight} were in flight; they count as not successful";
        }
    }

    static string Attempts(Tally counts, Prediction? theory)
    {
        var text = $"Attempts per request: {Format.Number(counts.AttemptsPerAnswer, "F2")}";
        if (counts.Attempted < counts.AnswersWithAttempts)
        {
            var tried = counts.Attempted > 0 ? $"{(double)counts.Attempts / counts.Attempted:F2}" : "n/a";
            text += $"; {tried} without those refused before the first attempt";
        }

        return text + (theory is null ? "" : $"; theory {theory.AttemptsPerRequest:F2}");
    }
}
