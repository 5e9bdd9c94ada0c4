using System.Text.Json;

namespace TinyResilient.LoadTest;

/// <summary>What theory says about a run.</summary>
/// <param name="SuccessPercent">With no breaker in the way.</param>
/// <param name="AttemptsPerRequest">Likewise.</param>
/// <param name="TripPercent">Share of runs of this length in which the breaker opens; null where
/// that is not known.</param>
public sealed record Prediction(
    double SuccessPercent, double AttemptsPerRequest, double? TripPercent);

/// <summary>
/// The knobs of the services that theory needs, as <c>GET /knobs</c> of the target tells them.
/// </summary>
public sealed record Knobs(
    double FailureRate, double BaseMs, double ExtraMs, double TimeoutS, int Retries, int? Threshold)
{
    /// <summary>Reads the answer of /knobs for the lane of an address.</summary>
    /// <returns>Null when the address is no lane, its policies are not those of the knobs, or a
    /// knob is missing: theory is never guessed.</returns>
    public static Knobs? Read(Uri url, byte[]? json)
    {
        if (LaneOf(url) is not { } lane || json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            double? Value(string knob) =>
                ValueOf(document.RootElement, lane + knob) ?? ValueOf(document.RootElement, knob);

            if (lane == "HTTP_" && WordOf(document.RootElement, "HTTP_PIPELINE") is "standard" or "none")
            {
                return null;
            }

            // To a breaker by ratio runs of failures mean nothing, but that a threshold of 0 is no breaker
            var threshold = (int?)Value("FAILURE_THRESHOLD");
            if (lane == "HTTP_" && threshold != 0 && WordOf(document.RootElement, "HTTP_BREAKER") != "consecutive")
            {
                threshold = null;
            }

            return Value("FAILURE_RATE") is { } rate && Value("BASE_LATENCY_MS") is { } shortest
                && Value("MAX_LATENCY_MS") is { } extra && Value("REQUEST_TIMEOUT_S") is { } timeout
                && Value("MAX_RETRIES") is { } retries
                    ? new(rate, shortest, extra, timeout, (int)retries, threshold)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What so many requests should give.</summary>
    public Prediction Predict(long requests)
    {
        var f = Theory.AttemptFailure(FailureRate, BaseMs, ExtraMs, TimeoutS * 1000);
        var perRequest = Theory.AttemptsPerRequest(f, Retries + 1);
        var attempts = (long)Math.Round(requests * perRequest);
        double? trip = Threshold switch
        {
            null => null,
            0 => 0,
            { } threshold => 100 * Theory.TripChance(f, threshold, attempts),
        };
        return new(100 * Theory.Success(f, Retries + 1), perRequest, trip);
    }

    static string? LaneOf(Uri url) => url.AbsolutePath switch
    {
        "/process" => "ACTOR_",
        "/process/http" => "HTTP_",
        _ => null,
    };

    static string? WordOf(JsonElement knobs, string name) =>
        knobs.ValueKind == JsonValueKind.Object && knobs.TryGetProperty(name, out var knob)
        && knob.ValueKind == JsonValueKind.Object && knob.TryGetProperty("value", out var value)
        && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    static double? ValueOf(JsonElement knobs, string name) =>
        knobs.ValueKind == JsonValueKind.Object && knobs.TryGetProperty(name, out var knob)
        && knob.ValueKind == JsonValueKind.Object && knob.TryGetProperty("value", out var value)
        && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
