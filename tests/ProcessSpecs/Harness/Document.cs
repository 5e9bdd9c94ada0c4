using TinyResilient.Lab.Talks;

namespace ProcessSpecs.Harness;

/// <summary>A document of the repository whose code blocks are commands.</summary>
static class Document
{
    public static Talk Read(string document) =>
        TalkReader.Read(document, File.ReadAllLines(Path.Combine(Programs.Repository, document)), _ => null, out var problems)
        ?? throw new InvalidOperationException(string.Join('\n', problems));

    /// <summary>What a section types, without the command that starts the lab.</summary>
    public static IReadOnlyList<Run> Typed(this Talk talk, string heading) =>
        [.. Step.Of(talk, (command, _) => command).OfType<Run>().Where(run => run.Section.Heading == heading && !run.Command.StartsLab)];

    /// <summary>The headings of those that type something.</summary>
    public static IEnumerable<string> Headings(this Talk talk) =>
        talk.Sections.Select(section => section.Heading).Where(heading => talk.Typed(heading).Count > 0);
}
