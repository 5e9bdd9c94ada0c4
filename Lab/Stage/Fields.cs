using System.Text.Json;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Stage;

/// <summary>The fields of a JSON object that somebody has sent; what is wrong with them is collected.</summary>
sealed class Fields
{
    readonly Dictionary<string, JsonElement> _values = [];

    /// <param name="known">All that it may have.</param>
    public Fields(JsonElement body, params string[] known)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            Errors.Add(JsonBody.Field, $"must be an object, but is {Json.Seen(body)}");
            return;
        }
        foreach (var field in body.EnumerateObject())
        {
            if (!known.Contains(field.Name))
                Errors.Add(field.Name, Nearest.To(field.Name, known) is { } nearest
                    ? $"is not a field; did you mean {nearest}?" : $"is not a field; there are {string.Join(", ", known)}");
            else if (!_values.TryAdd(field.Name, field.Value))
                Errors.Add(field.Name, "is given more than once");
        }
    }

    public FieldErrors Errors { get; } = new();

    public bool? Flag(string name) => Read<bool?>(name, "true or false",
        value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null);

    public double? Number(string name, double min, double max) => Read<double?>(name, FormattableString.Invariant($"a number in {min}..{max}"),
        value => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= min && number <= max ? number : null);

    /// <summary>One of these words.</summary>
    public string? Word(string name, params string[] words) => Read(name, $"one of {string.Join(", ", words)}",
        value => value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()) ? value.GetString() : null);

    /// <summary>Some of these words, each once.</summary>
    public IReadOnlyList<string>? Words(string name, params IReadOnlyList<string> words)
    {
        return Read<IReadOnlyList<string>>(name, $"a list of {string.Join(", ", words)}",
            value => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsOne)
                ? [.. words.Where(word => value.EnumerateArray().Any(one => one.GetString() == word))] : null,
            value => value.ValueKind != JsonValueKind.Array ? null
                : value.GetArrayLength() == 0 ? "is empty" : $"has {Json.Seen(value.EnumerateArray().First(one => !IsOne(one)))}");

        bool IsOne(JsonElement one) => one.ValueKind == JsonValueKind.String && words.Contains(one.GetString());
    }

    /// <summary>A text of one line.</summary>
    public string? Text(string name, int longest) => Read(name, $"a text of 1 to {longest} characters in one line", value =>
        value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } text && text.Length <= longest
        && !text.Any(char.IsControl) ? text : null);

    /// <summary>The same, or null.</summary>
    public string? TextOrNull(string name, int longest) =>
        _values.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Null ? null : Text(name, longest);

    /// <summary>Says that a field must be there.</summary>
    public Fields Require(string name)
    {
        if (!_values.ContainsKey(name) && !Errors.Any)
            Errors.Add(name, "is missing");
        return this;
    }

    T? Read<T>(string name, string wanted, Func<JsonElement, T?> read, Func<JsonElement, string?>? seen = null)
    {
        if (!_values.TryGetValue(name, out var value))
            return default;
        var result = read(value);
        if (result is null)
            Errors.Add(name, $"must be {wanted}, but {seen?.Invoke(value) ?? $"is {Json.Seen(value)}"}");
        return result;
    }
}
