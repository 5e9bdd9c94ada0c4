using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TinyResilient.Lab.Talks;

/// <summary>
/// Draws the little Markdown that a talk needs: paragraphs, lists, tables, headings, bold, code, links. What it does not know it shows as
/// it is written; nothing in a document can steer the terminal.
/// </summary>
static partial class MarkdownText
{
    public static IRenderable Of(Prose prose)
    {
        var lines = prose.Lines;
        if (prose.Summary is { } summary)
            return new Markup($"[bold]{Inline(summary)}[/]");
        if (lines[0].StartsWith('|'))
            return TableOf(lines);
        if (lines[0].StartsWith('#'))
            return new Markup($"[bold]{Inline(lines[0].TrimStart('#').Trim())}[/]");
        if (Item().Match(lines[0]) is not { Success: true } item)
            return new Markup(Joined(lines));
        var mark = item.Groups["mark"].Value;
        return new Grid().AddColumn(new() { NoWrap = true, Padding = new(item.Groups["mark"].Index + 2, 0, 1, 0) }).AddColumn(new() { Padding = new(0) })
            .AddRow(new Text(mark is "-" or "*" ? "•" : mark), new Markup(Joined(lines.Skip(1).Prepend(lines[0][item.Length..]))));
    }

    /// <summary>One line of Markdown as markup of the terminal's library.</summary>
    public static string Inline(string text)
    {
        var markup = new StringBuilder();
        var end = 0;
        foreach (var match in Marked().EnumerateMatches(text))
        {
            markup.Append(Escaped(text[end..match.Index])).Append(Drawn(text.Substring(match.Index, match.Length)));
            end = match.Index + match.Length;
        }
        return $"{markup}{Escaped(text[end..])}";
    }

    static string Drawn(string marked) => marked switch
    {
        ['`', .. var code, '`'] => $"[cyan]{Escaped(code)}[/]",
        ['*', '*', .. var bold, '*', '*'] => $"[bold]{Inline(bold)}[/]",
        ['*', .. var italic, '*'] => $"[italic]{Inline(italic)}[/]",
        _ => Inline(marked[(marked.IndexOf('[', StringComparison.Ordinal) + 1)..marked.IndexOf("](", StringComparison.Ordinal)]),
    };

    static Table TableOf(IReadOnlyList<string> lines)
    {
        var rows = lines.Where(line => !Ruler().IsMatch(line)).Select(Cells).ToList();
        var table = new Table().AddColumns([.. rows[0].Select(cell => new TableColumn(new Markup(cell)))]);
        foreach (var row in rows.Skip(1))
            table.AddRow([.. row.Concat(Enumerable.Repeat("", rows[0].Count)).Take(rows[0].Count).Select(cell => new Markup(cell))]);
        return table;
    }

    static List<string> Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => Inline(cell.Trim()))];

    static string Joined(IEnumerable<string> lines) => Inline(string.Join(' ', lines.Select(line => line.Trim())));

    static string Escaped(string text) => Markup.Escape(string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)));

    [GeneratedRegex(@"`[^`]+`|\*\*.+?\*\*|\*[^*\s][^*]*\*|!?\[[^\]]*\]\([^)]*\)")]
    private static partial Regex Marked();

    [GeneratedRegex(@"^\|[\s:|-]+\|?$")]
    private static partial Regex Ruler();

    [GeneratedRegex(@"^\s*(?<mark>[-*]|\d+\.) +")]
    private static partial Regex Item();
}
