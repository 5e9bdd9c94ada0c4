namespace TinyResilient.Shared.Hosting;

/// <summary>Makes text from outside safe to quote in one line of an answer or a log.</summary>
static class Shorten
{
    const int Limit = 80;

    /// <summary>At most 80 characters, control characters shown as <c>?</c>.</summary>
    public static string ToOneLine(string text)
    {
        var visible = string.Concat(text.Take(Limit).Select(c => char.IsControl(c) ? '?' : c));
        return text.Length > Limit ? visible + "…" : visible;
    }
}
