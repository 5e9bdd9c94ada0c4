using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProcessSpecs.Harness;

/// <summary>One HTTP answer, or the lack of one: then the status is 0 and the text says why.</summary>
sealed record Answer(int Status, string Text, string ContentType = "", string? RetryAfter = null, string? RequestId = null)
{
    public JsonNode Json => Parse() ?? throw new InvalidOperationException($"no JSON: {this}");

    /// <summary>The contract's <c>note</c>, or nothing where the answer is none of <c>/process</c>.</summary>
    public string Note => Parse() is JsonObject body && body["note"] is { } note ? $"{note}" : "";

    public int Attempts => (int)Json["attempts"]!;

    public bool IsProblem => ContentType == "application/problem+json";

    // Of the answer alone: what is read out of it may not be there.
    public override string ToString() => $"{Status} {ContentType} {Text}";

    JsonNode? Parse()
    {
        try
        {
            return JsonNode.Parse(Text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
