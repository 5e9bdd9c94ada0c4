using System.Text.Json;
using System.Text.Json.Nodes;

namespace TinyResilient.Lab.Http;

/// <summary>Reads answers that may come from somebody else than expected.</summary>
static class Json
{
    /// <summary>Null when the text is not a JSON object.</summary>
    public static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
