using System.Text;

namespace TinyResilient.LoadTest;

/// <summary>What stands below the summary: how well the load was sent, where time went, and why requests failed.</summary>
public static class Details
{
    const int Few = 100;

    /// <summary>The text, ending with a line break.</summary>
    public static string Text(LoadResult result, Prediction? theory)
    {
        var text = new StringBuilder("=== beyond the summary ===\n");
        Load(text, result);
        Times(text, result);
        Reasons(text, result);
        Attempts(text, result.Counts, theory);
        text.Append($"Seed: {result.Options.Seed} (--seed {result.Options.Seed} sends the same request ids again)\n");
        return text.ToString();
    }

    static void Load(StringBuilder text, LoadResult result)
    {
        var options = result.Options;
        text.Append($"Target: {options.Url}\n");
        if (options.Clients is { } clients)
        {
            text.Append($"Rate: {Format.Number(result.AchievedRate)}/s from {Format.Count(clients, "client")} in a closed loop\n");
            text.Append("  Each client waits for its answer before it asks again: while the target stalls it sends\n");
            text.Append("  nothing, so what users would have waited then is hidden. Use --rps to see it.\n");
        }
        else
        {
            text.Append($"Rate: asked {options.AskedRate:F1}/s, achieved {Format.Number(result.AchievedRate)}/s ");
            text.Append($"({Format.Count(result.Counts.Sent + result.Unfinished, "request")} in {Format.Seconds(result.Sending)}, ");
            text.Append($"{(options.Arrivals == Arrivals.Even ? "even" : "Poisson")} arrivals)\n");
        }

        if (options.WarmUp > TimeSpan.Zero)
        {
            text.Append($"Warm-up: {Format.Seconds(options.WarmUp)} before the run, sent but not counted\n");
        }

        if (result.Unfinished > 0)
        {
            text.Append($"Cut off by the interruption: {result.Unfinished}, not counted\n");
        }
    }

    static void Times(StringBuilder text, LoadResult result)
    {
        text.Append($"\n{"ms",-26}{"avg",10}{"p50",10}{"p95",10}{"p99",10}{"max",10}{"samples",10}\n");
        var open = result.Options.Clients is null;
        Row(text, open ? "response, all" : "service, all", result.All);
        Row(text, open ? "response, successful" : "service, successful", result.Ok);
        if (open)
        {
            if (Differ(result.All, result.Service))
            {
                Row(text, "service, all", result.Service);
            }

            Row(text, "schedule lag", result.Lag);
            text.Append("  response: from the instant a request was due; service: from its actual send");
            text.Append(Differ(result.All, result.Service) ? "\n" : " (the same here, within 1 ms)\n");
        }

        if (result.Ok?.Samples < Few || result.All?.Samples < Few)
        {
            text.Append($"  only {result.All?.Samples ?? 0} samples ({result.Ok?.Samples ?? 0} successful) are behind these ");
            text.Append($"percentiles; with fewer than {Few}, p99 is the largest\n");
        }
    }

    static void Row(StringBuilder text, string name, LatencySummary? times) => text.Append(
        $"{name,-26}{Cell(times?.AverageMs)}{Cell(times?.P50Ms)}{Cell(times?.P95Ms)}{Cell(times?.P99Ms)}"
        + $"{Cell(times?.MaxMs)}{times?.Samples ?? 0,10}\n");

    static string Cell(double? ms) => $"{Format.Number(ms, "F2"),10}";

    static bool Differ(LatencySummary? response, LatencySummary? service) =>
        response is not null && service is not null
        && (response.P50Ms - service.P50Ms > 1 || response.P95Ms - service.P95Ms > 1
            || response.P99Ms - service.P99Ms > 1 || response.MaxMs - service.MaxMs > 1);

    static void Reasons(StringBuilder text, LoadResult result)
    {
        var counts = result.Counts;
        text.Append('\n');
        Reason(text, "Refused", counts.Refused, counts, result.Causes, Outcome.Refused);
        Reason(text, "Failed", counts.Failed, counts, result.Causes, Outcome.Failed);
        Reason(text, "No answer", counts.NoAnswer, counts, result.Causes, Outcome.NoAnswer);
        if (counts.Dropped > 0)
        {
            text.Append($"Dropped: {counts.Dropped}, never sent because {result.Options.MaxInFlight} were in flight; ");
            text.Append("they count as not successful\n");
        }
    }

    static void Reason(
        StringBuilder text, string name, long count, Tally counts, IEnumerable<CauseCount> causes, Outcome outcome)
    {
        text.Append($"{name}: {count}{(count > 0 ? $" ({counts.Percent(count):F1} %)" : "")}\n");
        foreach (var cause in causes.Where(c => c.Outcome == outcome))
        {
            text.Append($"  {cause.Cause}: {cause.Count}\n");
        }
    }

    static void Attempts(StringBuilder text, Tally counts, Prediction? theory)
    {
        text.Append($"Attempts per request: {Format.Number(counts.AttemptsPerAnswer, "F2")}");
        if (counts.Attempted < counts.AnswersWithAttempts)
        {
            var tried = counts.Attempted == 0 ? (double?)null : (double)counts.Attempts / counts.Attempted;
            text.Append($"; {Format.Number(tried, "F2")} without those refused before the first attempt");
        }

        text.Append(theory is null ? "\n" : $"; theory {theory.AttemptsPerRequest:F2}\n");
    }
}
