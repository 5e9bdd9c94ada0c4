namespace TinyResilient.Lab.Commands;

/// <summary>Makes messages that are spread over several lines easy to read, and to search for.</summary>
static class UsageText
{
    /// <summary>One line for each paragraph.</summary>
    public static string OneLineEach(string text) => string.Concat(
        from paragraph in text.ReplaceLineEndings("\n").Split("\n\n")
        let words = paragraph.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)
        where words.Length > 0
        select $"{string.Join(' ', words)}{Environment.NewLine}");
}
