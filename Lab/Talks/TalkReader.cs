using System.Globalization;
using System.Text.RegularExpressions;

namespace TinyResilient.Lab.Talks;

/// <summary>
/// Reads a document of the form of docs/talk.md, whose code blocks hold nothing but commands. Everything that is not of that form is
/// named with its line; then there is no talk.
/// </summary>
sealed partial class TalkReader
{
    /// <summary>How the line of text begins under which commands are typed while the one before them runs.</summary>
    public const string Meanwhile = "In a third terminal";

    // Of a line that is wrong.
    const int MostShown = 60;

    readonly List<string> _problems = [];
    readonly List<(string Heading, List<Part> Parts)> _sections = [];
    readonly List<string> _prose = [];
    readonly Func<TypedCommand, string?> _check;
    string _title, _summary = "", _before = "";

    TalkReader(string name, Func<TypedCommand, string?> check) => (_title, _check) = (name, check);

    /// <param name="name">Of the document, for its problems.</param>
    /// <param name="check">What is wrong with a command, or null.</param>
    /// <param name="problems">One line each; empty where there is a talk.</param>
    public static Talk? Read(string name, IReadOnlyList<string> lines, Func<TypedCommand, string?> check, out IReadOnlyList<string> problems)
    {
        var reader = new TalkReader(name, check);
        reader.Read(lines);
        var talk = new Talk(reader._title, reader.Labelled());
        if (reader._problems.Count == 0 && !talk.Commands.Any())
            reader._problems.Add($": there is no command in it; a talk has code blocks with lines that begin with {TypedCommand.Tiny} or {TypedCommand.Curl}");
        problems = [.. reader._problems.Select(problem => $"{name}{problem}")];
        return problems.Count == 0 ? talk : null;
    }

    void Read(IReadOnlyList<string> lines)
    {
        _sections.Add(("", []));
        for (var line = 0; line < lines.Count; line++)
        {
            var text = lines[line].TrimEnd();
            if (Fence().Match(text) is { Success: true } fence)
                line = Block(lines, line, fence.Value.Trim());
            else if (text.StartsWith("# ", StringComparison.Ordinal))
                _title = text[2..];
            else if (text.StartsWith("## ", StringComparison.Ordinal))
                Open(text[3..]);
            else
                Take(text);
        }
        EndProse();
    }

    /// <returns>The line that closes it.</returns>
    int Block(IReadOnlyList<string> lines, int opening, string fence)
    {
        var isMeanwhile = (_prose.FirstOrDefault() ?? _before).StartsWith(Meanwhile, StringComparison.Ordinal);
        EndProse();
        _before = "";
        var known = _problems.Count;
        var commands = new List<TypedCommand>();
        for (var line = opening + 1; line < lines.Count; line++)
        {
            var text = lines[line].Trim();
            if (text.StartsWith(fence, StringComparison.Ordinal) && text.Trim(fence[0]).Length == 0)
            {
                if (commands.Count > 0)
                    _sections[^1].Parts.Add(new CommandBlock(_summary, isMeanwhile, commands));
                return line;
            }
            if (text.Length == 0)
                continue;
            var command = TypedCommand.Read(text, out var problem);
            if (command is null || (_check(command) is { } wrong && (problem = wrong).Length > 0))
                Wrong(line, $"\"{Screen.Visible(text.Length > MostShown ? text[..MostShown] + "…" : text)}\": {problem}");
            else
                commands.Add(command);
        }
        _problems.RemoveRange(known, _problems.Count - known); // all that follows would be one
        Wrong(opening, $"the code block that begins here is not closed; a line {fence} is allowed to do so");
        return lines.Count;
    }

    void Open(string heading)
    {
        EndProse();
        (_before, _summary) = ("", "");
        _sections.Add((heading, []));
    }

    void Take(string text)
    {
        if (Unfolded().Match(text) is { Success: true } unfolded)
        {
            EndProse();
            _summary = unfolded.Groups[1].Value;
            _sections[^1].Parts.Add(new Prose([text], _summary));
        }
        else if (text is "" or "<details>" or "</details>")
        {
            EndProse();
            _summary = text == "</details>" ? "" : _summary;
        }
        else
        {
            if (ListItem().IsMatch(text))
                EndProse();
            _prose.Add(text);
        }
    }

    void EndProse()
    {
        if (_prose.Count == 0)
            return;
        _before = _prose[0];
        _sections[^1].Parts.Add(new Prose([.. _prose]));
        _prose.Clear();
    }

    void Wrong(int line, string problem) => _problems.Add($" line {line + 1}: {problem}");

    IReadOnlyList<Section> Labelled()
    {
        _sections[0] = (_title, _sections[0].Parts);
        var filled = _sections.Where((section, index) => index > 0 || section.Parts.Count > 0).ToList();
        var own = filled.Select(section => Number().Match(section.Heading).Groups[1].Value).ToList();
        var numbers = own.Where(number => number.Length > 0).ToList();
        // Numbers of its own count when they are 1, 2, 3 …; otherwise each section is counted.
        var counts = numbers.Count > 0 && numbers.SequenceEqual(Enumerable.Range(1, numbers.Count).Select(number => number.ToString(CultureInfo.InvariantCulture)));
        var letter = 'a';
        return [.. filled.Select((section, index) => new Section(
            !counts ? $"{index + 1}" : own[index].Length > 0 ? own[index] : $"{letter++}", section.Heading, section.Parts))];
    }

    [GeneratedRegex("^ {0,3}(?:`{3,}|~{3,})")]
    private static partial Regex Fence();

    [GeneratedRegex("<summary>(.*)</summary>")]
    private static partial Regex Unfolded();

    [GeneratedRegex(@"^\s*(?:[-*]|\d+\.) ")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"^(?:Act )?(\d{1,3})[.:] ")]
    private static partial Regex Number();
}
