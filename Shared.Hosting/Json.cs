using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace TinyResilient.Shared.Hosting;

/// <summary>How all our JSON looks: names in snake_case, enums as words, one line.</summary>
public static class Json
{
    // Nothing of it is ever embedded in HTML.
    static readonly JsonWriterOptions onTerminals = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Options { get; } = Apply(new JsonSerializerOptions(JsonSerializerDefaults.Web));

    /// <summary>A value from outside, short enough to quote it in the message that refuses it.</summary>
    public static string Seen(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => Shorten.ToOneLine(json.GetRawText()),
    };

    /// <summary>Answers with a value whose type is known when this is compiled: its length in front, in one piece.</summary>
    public static void Write<T>(HttpResponse response, T value, JsonTypeInfo<T> type)
    {
        response.ContentType = "application/json; charset=utf-8";
        using var writer = new Utf8JsonWriter(response.BodyWriter, onTerminals);
        JsonSerializer.Serialize(writer, value, type);
        response.ContentLength = writer.BytesCommitted;
    }

    internal static JsonSerializerOptions Apply(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = onTerminals.Encoder;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower));
        return options;
    }
}
