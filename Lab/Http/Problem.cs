using System.Text.Json.Nodes;

namespace TinyResilient.Lab.Http;

/// <summary>What a service answers when it refuses (RFC 9457), as lines for people.</summary>
static class Problem
{
    /// <summary>
    /// One line per field, <c>FAILURE_RATE must be a number in 0..1, but is 7</c>; without fields the
    /// detail; without that the status.
    /// </summary>
    public static IReadOnlyList<string> Lines(int status, string body)
    {
        var problem = Json.Parse(body);
        if (problem?["errors"] is JsonObject { Count: > 0 } errors)
        {
            return [.. from field in errors
                       from message in Messages(field.Value)
                       select $"{field.Key} {message}"];
        }
        return [problem?["detail"] is JsonValue detail ? $"{detail}" : $"service-a answers {status}"];
    }

    static IEnumerable<string> Messages(JsonNode? messages) =>
        messages is JsonArray list ? list.Select(message => $"{message}") : [$"{messages}"];
}
