using System.Text.Json;

namespace TinyResilient.Shared.Hosting;

/// <summary>The names of an enum as users write them: snake_case, in any case when read.</summary>
static class Words<TEnum> where TEnum : struct, Enum
{
    static readonly Dictionary<string, TEnum> ByWord = Enum.GetValues<TEnum>()
        .ToDictionary(Of, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<string> All => ByWord.Keys;

    public static string Of(TEnum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    // Not Enum.TryParse: that one takes "7" and "full,equal" as well.
    public static bool TryParse(string text, out TEnum value) => ByWord.TryGetValue(text, out value);
}
