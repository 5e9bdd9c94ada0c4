using System.Text.Json;

namespace TinyResilient.Shared.Hosting;

/// <summary>The names of an enum as users write them: snake_case, in any case when read.</summary>
static class Words<TEnum> where TEnum : struct, Enum
{
    static readonly Dictionary<TEnum, string> ByValue = Enum.GetValues<TEnum>()
        .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));

    static readonly Dictionary<string, TEnum> ByWord = ByValue
        .ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> All => ByWord.Keys;

    public static string Of(TEnum value) => ByValue[value];

    // Not Enum.TryParse: that one takes "7" and "full,equal" as well.
    public static bool TryParse(string text, out TEnum value) => ByWord.TryGetValue(text, out value);
}

/// <summary>The same for callers outside.</summary>
public static class Words
{
    /// <summary>Every name of the enum.</summary>
    public static IEnumerable<string> All<TEnum>() where TEnum : struct, Enum => Words<TEnum>.All;

    public static bool TryParse<TEnum>(string text, out TEnum value) where TEnum : struct, Enum =>
        Words<TEnum>.TryParse(text, out value);

    /// <summary>The enum's name in snake_case, as users, metrics and JSON write it.</summary>
    public static string Word<TEnum>(this TEnum value) where TEnum : struct, Enum => Words<TEnum>.Of(value);
}
