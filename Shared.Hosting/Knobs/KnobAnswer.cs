using System.Text.Json;
using System.Text.Json.Serialization;

namespace TinyResilient.Shared.Hosting;

/// <summary>A knob in <c>GET /knobs</c>, as it is shown and as it is read.</summary>
/// <param name="Value">A number, a bool or a string, as is <paramref name="Default"/>.</param>
sealed record ShownKnob(
    object Value, object Default, string Unit, string Range, string Meaning, string Level, string Service)
{
    /// <summary>Other values, and the address of the process that has each.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Dictionary<string, object>? Differs { get; init; }
}

/// <summary>What is passed on of a <see cref="Problem"/> with which another service refuses.</summary>
sealed record ToldProblem(string Detail, Dictionary<string, string[]>? Errors = null);

/// <summary>What a service is asked for, and so what a success must hold.</summary>
enum Wanted { Nothing, Knobs, Faults }

/// <summary>
/// What another service answered about its knobs or faults. It is read once and strictly, so that whoever uses it meets
/// nothing that ServiceB would not say; an answer that makes no sense has none of the parts, and says why.
/// </summary>
/// <param name="Status">HTTP status; 0 when there was no answer.</param>
sealed record KnobAnswer(int Status)
{
    static readonly JsonSerializerOptions strict = new(Json.Options)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
        Converters = { new PlainValue() },
    };

    /// <summary>Name and value of each, in the order in which they are shown.</summary>
    public OrderedDictionary<string, ShownKnob> Knobs { get; private init; } = [];

    public IReadOnlyList<OrderedDictionary<string, object?>> Faults { get; private init; } = [];

    /// <summary>Of a refusal: 400, 401 or 403.</summary>
    public ToldProblem? Problem { get; private init; }

    /// <summary>Why the answer makes no sense; null where it does.</summary>
    public string? Nonsense { get; private init; }

    public bool Ok => Status is 200 or 204 && Nonsense is null;

    public static KnobAnswer Read(int status, ReadOnlySpan<byte> body, Wanted wanted)
    {
        try
        {
            return (status, wanted) switch
            {
                (200, Wanted.Knobs) => new(status) { Knobs = ReadKnobs(body) },
                (200, Wanted.Faults) => new(status) { Faults = ReadFaults(body) },
                (204, Wanted.Nothing) => new(status),
                (400 or 401 or 403, _) => new(status) { Problem = ReadProblem(body) },
                (200 or 204, _) => throw new JsonException("not the status that was due"),
                _ => new(status),
            };
        }
        catch (JsonException e)
        {
            return new(status) { Nonsense = Shorten.ToOneLine(e.Message) };
        }
    }

    // The serializer lets null be an element of anything.
    static OrderedDictionary<string, ShownKnob> ReadKnobs(ReadOnlySpan<byte> body)
    {
        var knobs = JsonSerializer.Deserialize<OrderedDictionary<string, ShownKnob>>(body, strict);
        return knobs is not null && knobs.Values.All(knob => knob is { Differs: null }) ? knobs
            : throw new JsonException("a knob is null, or differs from itself");
    }

    static List<OrderedDictionary<string, object?>> ReadFaults(ReadOnlySpan<byte> body)
    {
        var faults = JsonSerializer.Deserialize<List<OrderedDictionary<string, object?>>>(body, strict);
        return faults is not null && faults.All(fault => fault?.GetValueOrDefault("kind") is string
            && fault.GetValueOrDefault("name") is string && fault.GetValueOrDefault("active") is bool) ? faults
            : throw new JsonException("a fault has no kind, no name or no active");
    }

    static ToldProblem ReadProblem(ReadOnlySpan<byte> body)
    {
        var problem = JsonSerializer.Deserialize<ToldProblem>(body, strict);
        var messages = problem?.Errors?.Values.AsEnumerable() ?? [];
        return problem is not null && messages.All(some => some?.All(one => one is not null) == true) ? problem
            : throw new JsonException("a problem is null, or a message of it is");
    }

    /// <summary>A number that is one in .NET, a bool or a text: nothing that is understood only later.</summary>
    sealed class PlainValue : JsonConverter<object>
    {
        public override object Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType switch
            {
                JsonTokenType.Number when reader.TryGetInt64(out var whole) => whole,
                JsonTokenType.Number when reader.TryGetDouble(out var real) && double.IsFinite(real) => real,
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                JsonTokenType.String => reader.GetString()!,
                _ => throw new JsonException("a value is no number, bool or text"),
            };

        public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) =>
            throw new NotSupportedException("what was read is written as everything of ours is");
    }
}
