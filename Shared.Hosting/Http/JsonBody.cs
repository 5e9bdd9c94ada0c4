using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TinyResilient.Shared.Hosting;

/// <summary>Reads JSON bodies: small, strict, and refused with a sentence.</summary>
public static class JsonBody
{
    /// <summary>Bytes.</summary>
    public const int Limit = 64 * 1024;

    /// <summary>The field that errors of the whole body are filed under.</summary>
    public const string Field = "body";

    internal const string TooLarge = "must be at most 65536 bytes";

    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    /// <summary>The body, or the problem to answer with. Says nothing yet about duplicate names.</summary>
    /// <exception cref="BadHttpRequestException">413: more than <see cref="Limit"/>, however it was sent.</exception>
    public static async Task<(JsonElement Body, IResult? Problem)> Read(HttpRequest request)
    {
        ReadOnlyMemory<byte> bytes = await ReadBytes(request);
        // Windows editors put a byte order mark in front.
        if (bytes.Span.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        if (bytes.IsEmpty)
            return (default, Problems.BadField(Field, "is missing: send a JSON object"));
        try
        {
            CheckTexts(bytes.Span);
            using var document = JsonDocument.Parse(bytes, Strict);
            return (document.RootElement.Clone(), null);
        }
        catch (JsonException e)
        {
            return (default, Problems.BadField(Field,
                $"is not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"));
        }
        catch (InvalidOperationException)
        {
            return (default, Problems.BadField(Field, "has text that is not UTF-8, or half a surrogate pair"));
        }
    }

    /// <summary>The body as it was sent.</summary>
    /// <exception cref="BadHttpRequestException">413: more than <see cref="Limit"/>, however it was sent.</exception>
    internal static async Task<byte[]> ReadBytes(HttpRequest request)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > Limit)
                throw new BadHttpRequestException(TooLarge, StatusCodes.Status413PayloadTooLarge);
        }
        return bytes.ToArray();
    }

    // JsonDocument finds a text that is none only when somebody asks for it, by throwing.
    static void CheckTexts(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Strict.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                reader.GetString();
        }
    }
}
