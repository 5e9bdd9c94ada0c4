using System.Text;

namespace TinyResilient.LoadTest;

/// <summary>
/// A run second by second, as comma-separated values; an empty cell is no number.
/// </summary>
public static class CsvReport
{
    const string Header = "second,sent,succeeded,refused,failed,no_answer,dropped,"
        + "closed,half_open,open,avg_ms,p50_ms,p95_ms,p99_ms,max_ms,lag_max_ms";

    /// <summary>
    /// A header and a row for each second of the run, by the second in which a request was due,
    /// also those in which none was.
    /// </summary>
    public static string Text(LoadResult result)
    {
        var rows = result.Seconds.ToDictionary(row => row.Second);
        var sending = (int)Math.Ceiling(result.Sending.TotalSeconds);
        var end = Math.Max(sending, rows.Keys.DefaultIfEmpty(-1).Max() + 1);
        var text = new StringBuilder(Header).Append('\n');
        for (var second = 0; second < end; second++)
        {
            Row(text, rows.GetValueOrDefault(second) ?? new SecondRow(second, default, null, null));
        }

        return text.ToString();
    }

    static void Row(StringBuilder text, SecondRow row)
    {
        var (c, ms) = (row.Counts, row.Response);
        text.Append($"{row.Second},{c.Sent},{c.Succeeded},{c.Refused},{c.Failed},{c.NoAnswer},");
        text.Append($"{c.Dropped},{c.Closed},{c.HalfOpen},{c.Open},");
        text.Append($"{ms?.AverageMs:F3},{ms?.P50Ms:F3},{ms?.P95Ms:F3},{ms?.P99Ms:F3},");
        text.Append($"{ms?.MaxMs:F3},{row.LagMaxMs:F3}\n");
    }
}
