namespace TinyResilient.LoadTest;

/// <summary>
/// The summary that users know, line by line: scripts read it, so nothing may be added between its
/// lines.
/// </summary>
public static class Summary
{
    /// <summary>The text, ending with a line break; <c>n/a</c> where there is no number.</summary>
    public static string Text(LoadResult result)
    {
        var counts = result.Counts;
        var success = counts.SuccessPercent is { } percent ? $"{percent:F1}%" : "n/a";
        var unknown = counts.Unknown > 0 ? $"  unknown: {counts.Unknown}\n" : "";
        return $"""
            === load test summary ===
            Total requests: {counts.Total}
            Success: {counts.Succeeded} ({success})

            Latency (all):
              avg: {Format.Ms(result.All?.AverageMs)}
              p95: {Format.Ms(result.All?.P95Ms)}

            Latency (successful only):
              avg: {Format.Ms(result.Ok?.AverageMs)}
              p95: {Format.Ms(result.Ok?.P95Ms)}

            Breaker states seen:
              closed: {counts.Closed}
              half_open: {counts.HalfOpen}
              open: {counts.Open}
            {unknown}
            """;
    }
}
