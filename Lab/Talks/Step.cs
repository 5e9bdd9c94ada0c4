namespace TinyResilient.Lab.Talks;

/// <summary>What a player does next.</summary>
abstract record Step(Section Section)
{
    // What the room is asked is answered by what comes next.
    const string Question = "**Ask the room.**";

    /// <summary>The whole talk, in its order.</summary>
    /// <param name="change">What is typed in place of a command: on other ports, or for less time.</param>
    public static IReadOnlyList<Step> Of(Talk talk, Func<TypedCommand, Moment, TypedCommand> change) =>
        [.. talk.Sections.SelectMany(Of).SkipLast(1).Select(step => step is Run run ? run with { Command = change(run.Command, run.Moment) } : step)];

    static IEnumerable<Step> Of(Section section)
    {
        yield return new Heading(section);
        foreach (var (part, index) in section.Parts.Select((part, index) => (part, index)))
        {
            if (part is CommandBlock block)
            {
                var next = section.Parts.Skip(index + 1).OfType<CommandBlock>().FirstOrDefault();
                foreach (var command in block.Commands)
                    yield return new Run(section, command, When(block, next, ReferenceEquals(command, block.Commands[^1])));
            }
            else if (part is Prose prose)
            {
                if (prose.Summary is not null)
                    yield return new Stop(section);
                yield return new Paragraph(section, prose);
                if (prose.Lines[0].StartsWith(Question, StringComparison.Ordinal))
                    yield return new Stop(section);
            }
        }
        yield return new Stop(section); // its end is to be read
    }

    static Moment When(CommandBlock block, CommandBlock? next, bool isLast) => (block.IsMeanwhile, next?.IsMeanwhile is true, isLast) switch
    {
        (false, true, true) => Moment.Beneath,
        (true, false, true) => Moment.LastMeanwhile,
        (true, _, _) => Moment.Meanwhile,
        _ => Moment.Alone,
    };
}

/// <summary>A section begins.</summary>
sealed record Heading(Section Section) : Step(Section);

sealed record Paragraph(Section Section, Prose Prose) : Step(Section);

/// <summary>Nothing more is shown until somebody wants it.</summary>
sealed record Stop(Section Section) : Step(Section);

/// <summary>A command is typed, and run.</summary>
sealed record Run(Section Section, TypedCommand Command, Moment Moment) : Step(Section);

/// <summary>How a command stands to its neighbours.</summary>
enum Moment
{
    /// <summary>The talk waits for its end.</summary>
    Alone,

    /// <summary>It runs on while the next ones are typed.</summary>
    Beneath,

    /// <summary>Typed while another runs.</summary>
    Meanwhile,

    /// <summary>As well, and after it the talk waits for the end of the other.</summary>
    LastMeanwhile,
}
