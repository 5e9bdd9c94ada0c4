using System.Text.Encodings.Web;
using System.Text.Json;

namespace TinyResilient.LoadTest;

/// <summary>
/// A report for programs: one object, snake case, units last, null where there is no number.
/// </summary>
public static class JsonReport
{
    static readonly JsonSerializerOptions Shape = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text, ending with a line break.</summary>
    public static string Text(Report report)
    {
        var (result, options) = (report.Result, report.Result.Options);
        var open = options.Clients is null;
        var document = new
        {
            options.Url,
            options.Seed,
            Loop = open ? "open" : "closed",
            options.Clients,
            Arrivals = open ? options.Arrivals.ToString().ToLowerInvariant() : null,
            Stages = options.Stages.Select(stage => new
            {
                DurationS = stage.Duration.TotalSeconds,
                Rate = open ? stage.Rate : (double?)null,
            }),
            WarmUpS = options.WarmUp.TotalSeconds,
            options.AskedRate,
            result.AchievedRate,
            SendingS = result.Sending.TotalSeconds,
            result.Interrupted,
            result.Unfinished,
            Requests = result.Counts,
            Response = result.All,
            ResponseOk = result.Ok,
            result.Service,
            ScheduleLag = open ? result.Lag : null,
            Causes = result.Causes.Select(c => new { Outcome = Name(c.Outcome), c.Cause, c.Count }),
            BreakerOpen = result.BreakerOpen is { } breaker
                ? new
                {
                    breaker.Times,
                    FirstSeenS = breaker.FirstSeen.TotalSeconds,
                    TotalS = breaker.Total.TotalSeconds,
                    breaker.FromTheStart,
                    breaker.ToTheEnd,
                }
                : null,
            report.Theory,
            Thresholds = report.Verdicts,
            Story = Story.Sentence(result, report.Theory),
            result.Seconds,
        };
        return JsonSerializer.Serialize(document, Shape) + "\n";
    }

    static string Name(Outcome outcome) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());
}
