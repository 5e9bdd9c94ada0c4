using TinyResilient.Lab.Talks;

namespace ProcessSpecs.Harness;

/// <summary>A document of the repository whose code blocks are commands.</summary>
static class Document
{
    public static Talk Read(string document) =>
        TalkReader.Read(document, File.ReadAllLines(Path.Combine(Programs.Repository, document)), _ => null, out var problems)
        ?? throw new InvalidOperationException(string.Join('\n', problems));
}
