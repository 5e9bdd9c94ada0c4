namespace TinyResilient.LoadTest;

/// <summary>
/// Latencies as rows: "all" beside "successful", which fast refusals do not flatter.
/// </summary>
static class LatencyTable
{
    const int Few = 100;

    public static IEnumerable<string> Lines(LoadResult result)
    {
        var (all, ok) = (result.All, result.Ok);
        var open = result.Options.Clients is null;
        yield return $"{"ms",-24}{"avg",10}{"p50",10}{"p95",10}{"p99",10}{"max",10}{"samples",10}";
        yield return Row(open ? "response, all" : "service, all", all);
        yield return Row(open ? "response, successful" : "service, successful", ok);
        if (open)
        {
            var same = Same(all, result.Service);
            if (!same)
            {
                yield return Row("service, all", result.Service);
            }

            yield return Row("schedule lag", result.Lag);
            yield return "  response: from the instant a request was due; "
                + "service: from its actual send" + (same ? " (the same within 1 ms)" : "");
        }

        if (all is null or { Samples: < Few } || ok is null or { Samples: < Few })
        {
            yield return $"  only {all?.Samples ?? 0} samples ({ok?.Samples ?? 0} successful) "
                + $"are behind these percentiles; below {Few} the largest is the p99";
        }
    }

    static string Row(string name, LatencySummary? times) =>
        $"{name,-24}{Cell(times?.AverageMs)}{Cell(times?.P50Ms)}{Cell(times?.P95Ms)}"
        + $"{Cell(times?.P99Ms)}{Cell(times?.MaxMs)}{times?.Samples ?? 0,10}";

    static string Cell(double? ms) => $"{Format.Number(ms, "F2"),10}";

    static bool Same(LatencySummary? response, LatencySummary? service) =>
        response is null || service is null
        || (response.P50Ms - service.P50Ms <= 1 && response.P95Ms - service.P95Ms <= 1
            && response.P99Ms - service.P99Ms <= 1 && response.MaxMs - service.MaxMs <= 1);
}
