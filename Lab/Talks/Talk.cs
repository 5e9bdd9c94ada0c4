namespace TinyResilient.Lab.Talks;

/// <summary>A document that can be played: prose, and commands to type.</summary>
/// <param name="Sections">One for each heading of the second level, and one for what stands before the first of them.</param>
sealed record Talk(string Title, IReadOnlyList<Section> Sections)
{
    public IEnumerable<TypedCommand> Commands => Sections.SelectMany(section => section.Blocks).SelectMany(block => block.Commands);
}

/// <param name="Label">What one types to jump there: its number, or a letter where it has none.</param>
/// <param name="Heading">As the document has it.</param>
sealed record Section(string Label, string Heading, IReadOnlyList<Part> Parts)
{
    public IEnumerable<CommandBlock> Blocks => Parts.OfType<CommandBlock>();

    /// <summary>Whether it is one of those that are counted.</summary>
    public bool IsNumbered => char.IsAsciiDigit(Label[0]);
}

abstract record Part;

/// <param name="Lines">Markdown: a paragraph, a list, a table, or the line by which hidden text is unfolded.</param>
/// <param name="Summary">Of the text that it unfolds; null where it is no such line.</param>
sealed record Prose(IReadOnlyList<string> Lines, string? Summary = null) : Part;

/// <param name="Summary">Of the part that has to be unfolded to see it; empty where it is seen at once.</param>
/// <param name="IsMeanwhile">To be typed while the command before it runs.</param>
sealed record CommandBlock(string Summary, bool IsMeanwhile, IReadOnlyList<TypedCommand> Commands) : Part;
