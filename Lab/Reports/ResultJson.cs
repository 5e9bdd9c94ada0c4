using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>
/// <c>result.json</c>, from which every report can be drawn again. What is not exactly of this shape is not read: a report
/// with holes would look like a result.
/// </summary>
static class ResultJson
{
    public const string FileName = "result.json";

    const int Older = 2;

    static readonly JsonSerializerOptions strict = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    public static string Text(RunResult result) => JsonSerializer.Serialize(result, strict) + "\n";

    /// <param name="place">A report's folder, or the file itself.</param>
    /// <param name="result">Null when it cannot be read.</param>
    /// <returns>Null, or one line that says why it cannot be read.</returns>
    public static string? Read(string place, out RunResult? result)
    {
        result = null;
        var path = Directory.Exists(place) ? Path.Combine(place, FileName) : place;
        try
        {
            var problem = Parse(File.ReadAllText(path), out result);
            return problem is null ? null : $"{path} {problem}";
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"{path} does not exist: no run has left its result there";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"{path} cannot be read: {OneLine(e.Message)}";
        }
    }

    static string? Parse(string text, out RunResult? result)
    {
        result = null;
        if (!text.TrimEnd().EndsWith('}'))
            return text.TrimStart().StartsWith('{') ? "is cut short: it does not end with }" : "is not a result of this lab: it is no JSON object";
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("format", out var format) || !format.TryGetInt32(out var number))
                return "is not a result of this lab: it has no format";
            if (number is not (Older or RunResult.PresentFormat))
                return $"has format {number}; this lab reads formats {Older} and {RunResult.PresentFormat}";
            if (NullIn(document.RootElement, "$") is { } hole)
                return $"is not whole: {hole} is null";
            result = number == Older ? Renewed(document).Deserialize<RunResult>(strict) : document.Deserialize<RunResult>(strict);
            return null;
        }
        catch (JsonException e)
        {
            var where = e.LineNumber is { } line ? $"line {line + 1}" : e.Path ?? "$";
            return $"is damaged or cut short at {(e.Path is null ? where : e.Path)}: {OneLine(e.Message)}";
        }
        catch (InvalidOperationException) // a format that is no number
        {
            return "is not a result of this lab: its format is no number";
        }
    }

    // All runs were in real time, and each scenario had its duration with it
    static JsonObject Renewed(JsonDocument older)
    {
        var result = JsonObject.Create(older.RootElement.Clone())!;
        var took = new JsonObject();
        foreach (var scenario in (result["scenarios"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (scenario.Remove("took", out var seconds))
                took[$"{scenario["name"]}"] = seconds;
        }
        (result["format"], result["took_s"], result["clock"]) = (RunResult.PresentFormat, took, "real");
        return result;
    }

    /// <summary>The serializer refuses null for a member, but not in a list or a dictionary.</summary>
    static string? NullIn(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Index().Select(item => item.Item.ValueKind == JsonValueKind.Null
            ? $"{path}[{item.Index}]" : NullIn(item.Item, $"{path}[{item.Index}]")).FirstOrDefault(hole => hole is not null),
        JsonValueKind.Object => element.EnumerateObject().Select(member => member.Value.ValueKind == JsonValueKind.Null
            ? (path.EndsWith(".parameters", StringComparison.Ordinal) ? $"{path}.{member.Name}" : null)
            : NullIn(member.Value, $"{path}.{member.Name}")).FirstOrDefault(hole => hole is not null),
        _ => null,
    };

    // The serializer says where after what, and names our types; the first sentence is enough for people.
    static string OneLine(string message) => message.ReplaceLineEndings(" ").Split(" Path: ")[0].TrimEnd('.');
}
