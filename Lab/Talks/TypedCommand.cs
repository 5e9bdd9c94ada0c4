using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Talks;

/// <summary>
/// One line of a document's code block, split into words as a shell would. There is no shell: what only a shell could do is refused, and
/// so is every program but two.
/// </summary>
/// <param name="Text">As the document has it.</param>
/// <param name="Words">The program first; without quotes.</param>
sealed partial record TypedCommand(string Text, IReadOnlyList<string> Words)
{
    public const string Tiny = "./tiny", Curl = "curl";

    // Outside of quotes, and what also means something between double ones.
    const string Special = "|&;<>()$`\\", SpecialInQuotes = "$`\\";

    public bool IsTiny => Words[0] == Tiny;

    /// <summary>Whether it would start the lab, which never ends by itself.</summary>
    public bool StartsLab => Words is [Tiny] or [Tiny, "up" or "--port-base", ..];

    public bool IsReset => Words is [Tiny, "reset", ..];

    /// <summary>Whether the lab is another one after it.</summary>
    public bool Changes => Words is [Tiny, "set" or "preset" or "break" or "load" or "compare" or "kill" or "pause", ..];

    /// <summary>As one types it on this system.</summary>
    public string Shown(bool windows) => !windows ? Text
        : IsTiny ? string.Concat(@".\tiny.cmd", Text.AsSpan(Tiny.Length)) : string.Concat("curl.exe", Text.AsSpan(Curl.Length));

    /// <returns>Null where it is none; the problem says why.</returns>
    public static TypedCommand? Read(string text, out string problem)
    {
        problem = "";
        if (text.Split(' ')[0] is not (Tiny or Curl))
            problem = $"only lines that begin with {Tiny} or {Curl} are allowed in a code block";
        else if (text.Any(char.IsControl))
            problem = "it holds a control character, where printable text is allowed";
        else if (Split(text, ref problem) is { } words)
            return new(text, words);
        return null;
    }

    /// <summary>The same for a lab on other ports than the documented ones.</summary>
    public TypedCommand For(PortPlan ports)
    {
        var documented = PortPlan.From(PortPlan.DefaultBase);
        if (ports == documented || (IsTiny && Words.Contains("--port-base")))
            return this;
        return IsTiny ? new($"{Text} --port-base {ports.HttpA}", [.. Words, "--port-base", $"{ports.HttpA}"])
            : new(Moved(Text), [.. Words.Select(Moved)]);

        string Moved(string text) => LocalPort().Replace(text, port => documented.Needed.Zip(ports.Needed)
            .Where(pair => port.Value == $"{pair.First.Port}").Select(pair => $"{pair.Second.Port}").DefaultIfEmpty(port.Value).First());
    }

    /// <summary>The same, but a load lasts so many seconds at most.</summary>
    public TypedCommand Shortened(int seconds)
    {
        if (Seconds().Match(Text) is not { Success: true } asked
            || int.Parse(asked.Value, CultureInfo.InvariantCulture) <= seconds)
            return this;
        return Read(Seconds().Replace(Text, $"{seconds}"), out _)!;
    }

    static List<string>? Split(string text, ref string problem)
    {
        var words = new List<string>();
        var (word, quote) = ((StringBuilder?)null, '\0');
        foreach (var c in text.Append(' '))
        {
            if (quote != '\'' && (quote == '"' ? SpecialInQuotes : Special).Contains(c))
                problem = $"{c} is for a shell, and there is none; single quotes are allowed around it";
            if (c == quote)
                quote = '\0';
            else if (quote == '\0' && c is '"' or '\'')
                (quote, word) = (c, word ?? new());
            else if (quote != '\0' || c != ' ')
                (word ??= new()).Append(c);
            else if (word is not null)
            {
                words.Add($"{word}");
                word = null;
            }
        }
        if (quote != '\0')
            problem = $"the quote {quote} is not closed";
        return problem.Length == 0 ? words : null;
    }

    [GeneratedRegex(@"(?<=\bhttp://(?:localhost|127\.0\.0\.1):)\d{1,5}\b")]
    private static partial Regex LocalPort();

    [GeneratedRegex(@"(?<= --seconds )\d{1,5}(?= |$)")]
    private static partial Regex Seconds();
}
