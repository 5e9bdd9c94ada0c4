namespace TinyResilient.Lab.Reports.Slides;

/// <summary>How much room text takes, without a font at hand: a little more than in Arial, so that it fits in others too.</summary>
static class TextFit
{
    const double Slack = 1.08;

    /// <returns>Pixels.</returns>
    public static double Width(string text, double size) => Slack * size * text.Sum(Share);

    /// <summary>Breaks at blanks; what does not fit into the last line is cut, and ends in an ellipsis.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width, int mostLines)
    {
        var words = new Queue<string>(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var lines = new List<string>();
        while (words.Count > 0 && lines.Count < mostLines - 1)
        {
            var line = words.Dequeue();
            while (words.TryPeek(out var next) && Width($"{line} {next}", size) <= width)
                line += " " + words.Dequeue();
            lines.Add(Cut(line, size, width));
        }
        if (words.Count > 0)
            lines.Add(Cut(string.Join(' ', words), size, width));
        return lines;
    }

    public static string Cut(string text, double size, double width)
    {
        if (Width(text, size) <= width)
            return text;
        var length = text.Length;
        while (length > 0 && Width(text[..length] + "…", size) > width)
            length--;
        if (length > 0 && char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length].TrimEnd() + "…";
    }

    static double Share(char letter) => letter switch
    {
        'i' or 'l' or 'j' or '|' or '\'' => 0.22,
        ' ' or '.' or ',' or ':' or ';' or '!' or 'f' or 't' or 'I' or '/' or '\\' or '[' or ']' => 0.28,
        'r' or '(' or ')' or '-' or '"' => 0.36,
        'm' or 'w' or 'M' or 'W' or '%' or '@' or '…' or '—' => 0.92,
        >= 'A' and <= 'Z' => 0.70,
        > '\u2E80' => 1,
        _ => 0.556,
    };
}
