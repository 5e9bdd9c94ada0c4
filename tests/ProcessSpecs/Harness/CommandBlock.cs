using System.Text.RegularExpressions;

namespace ProcessSpecs.Harness;

/// <summary>A code block of a document that holds nothing but commands.</summary>
/// <param name="Section">The heading above it.</param>
/// <param name="Before">The line of text above it.</param>
/// <param name="Summary">Of the part that has to be unfolded to see it; empty where it is seen at once.</param>
/// <param name="Commands">One for each line.</param>
sealed partial record CommandBlock(string Section, string Before, string Summary, IReadOnlyList<string> Commands)
{
    const string Fence = "```";

    /// <summary>To be typed while the command before it runs.</summary>
    public bool IsMeanwhile => Before.StartsWith("In a third terminal", StringComparison.Ordinal);

    /// <summary>All blocks of a document of the repository but the one that starts the lab.</summary>
    public static IReadOnlyList<CommandBlock> Of(string document) =>
        [.. Read(File.ReadAllLines(Path.Combine(Programs.Repository, document))).Where(block => block.Commands is not ["./tiny"])];

    static IEnumerable<CommandBlock> Read(string[] lines)
    {
        var (section, before, summary) = ("", "", "");
        for (var line = 0; line < lines.Length; line++)
        {
            var text = lines[line];
            if (text.StartsWith(Fence, StringComparison.Ordinal))
            {
                var commands = lines.Skip(line + 1).TakeWhile(one => one != Fence).ToList();
                yield return new(section, before, summary, commands);
                (line, before) = (line + commands.Count + 1, "");
            }
            else if (text.StartsWith("## ", StringComparison.Ordinal))
                section = text[3..];
            else if (text == "</details>")
                summary = "";
            else if (Unfolded().Match(text) is { Success: true } unfolded)
                summary = unfolded.Groups[1].Value;
            else if (text.Length > 0)
                before = text;
        }
    }

    [GeneratedRegex("<summary>(.*)</summary>")]
    private static partial Regex Unfolded();
}
