using System.Text.Json;

namespace TinyResilient.LoadTest;

/// <summary>
/// Reads the answer of /process, and of any other address by its HTTP status. It never throws: what
/// it cannot read is an outcome with a cause. The text of a cause comes from the server, so it is
/// cut and cleaned.
/// </summary>
public static class ProcessContract
{
    const int LongestCause = 80;

    /// <summary>Whether a body that is not JSON is a failure there in spite of a 2xx.</summary>
    public static bool Applies(Uri url) =>
        url.AbsolutePath == "/process"
        || url.AbsolutePath.StartsWith("/process/", StringComparison.Ordinal);

    /// <summary>Judges one whole answer.</summary>
    /// <param name="url">Where it comes from.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="body">All of the body.</param>
    public static Answer Read(Uri url, int status, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(status, json.RootElement);
        }
        catch (JsonException)
        {
            return Applies(url) && IsSuccess(status)
                ? new Answer(Outcome.Failed, "answer is not JSON", null, null)
                : Judge(status, IsSuccess(status), null);
        }
    }

    static Answer Read(int status, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("ok", out var ok))
        {
            return Judge(status, IsSuccess(status), null);
        }

        var succeeded = IsSuccess(status) && ok.ValueKind == JsonValueKind.True;
        return Judge(status, succeeded, Text(json, "note")) with
        {
            Attempts = Attempts(json),
            Breaker = Text(json, "breaker_state") switch
            {
                "closed" => BreakerState.Closed,
                "half_open" => BreakerState.HalfOpen,
                "open" => BreakerState.Open,
                _ => null,
            },
        };
    }

    static int? Attempts(JsonElement json) =>
        json.TryGetProperty("attempts", out var number) && number.ValueKind == JsonValueKind.Number
        && number.TryGetInt32(out var attempts) && attempts >= 0 ? attempts : null;

    static Answer Judge(int status, bool succeeded, string? note)
    {
        if (succeeded)
        {
            return new Answer(Outcome.Succeeded, null, null, null);
        }

        var outcome = status is 503 or 429 ? Outcome.Refused : Outcome.Failed;
        return new Answer(outcome, CauseIn(note) ?? $"HTTP {status}", null, null);
    }

    /// <summary>
    /// The last real cause in a note such as <c>failure: all retries failed: upstream 500</c>.
    /// </summary>
    static string? CauseIn(string? note)
    {
        var cause = note ?? "";
        foreach (var prefix in (string[])["failure: ", "all retries failed: "])
        {
            var follows = cause.StartsWith(prefix, StringComparison.Ordinal);
            cause = follows ? cause[prefix.Length..] : cause;
        }

        // A control character of a stranger must not reach the user's terminal
        var clean = string.Concat(cause.Take(LongestCause).Where(c => !char.IsControl(c))).Trim();
        return clean.Length > 0 ? clean : null;
    }

    static bool IsSuccess(int status) => status is >= 200 and < 300;

    static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
