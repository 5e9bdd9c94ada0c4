using TinyResilient.Lab.Commands;
using TinyResilient.Lab.Talks;
using Xunit;
using Files = Specs.Repository.Files;

namespace Specs.Lab.Talks;

public class TalkReaderSpecs
{
    [Theory]
    [InlineData("docs/talk.md", "ab1234567c")]
    [InlineData("docs/exercises.md", "a12345b")]
    public void Our_documents_are_of_the_form(string document, string labels)
    {
        var talk = TalkFile.Read(Path.Combine(Files.Root, document), TalkCommand.Check, out var problems);

        Assert.Empty(problems);
        Assert.Equal(labels, string.Concat(talk!.Sections.Select(section => section.Label)));
    }

    [Fact]
    public void Every_act_of_the_talk_ends_with_a_reset()
    {
        var talk = TalkFile.Read(Path.Combine(Files.Root, "docs/talk.md"), TalkCommand.Check, out _);
        Assert.All(talk!.Sections.Where(section => char.IsAsciiDigit(section.Label[0])),
            act => Assert.True(act.Blocks.Last().Commands[^1].IsReset, act.Heading));
    }

    [Fact]
    public void A_talk_is_sections_of_prose_and_commands()
    {
        var talk = Read("""
            # The talk

            Before all.

            ## Act 1: One

            A paragraph
            of two lines.

            - a point
            - another

            ```bash
            ./tiny load

            ./tiny reset
            ```

            ## Two
            """);

        Assert.Equal("The talk", talk.Title);
        Assert.Equal(["a The talk", "1 Act 1: One", "b Two"], talk.Sections.Select(section => $"{section.Label} {section.Heading}"));
        Assert.Equal(["A paragraph|of two lines.", "- a point", "- another"],
            talk.Sections[1].Parts.OfType<Prose>().Select(prose => string.Join('|', prose.Lines)));
        Assert.Equal(["./tiny load", "./tiny reset"], talk.Commands.Select(command => command.Text));
    }

    [Fact]
    public void Without_numbers_of_their_own_sections_are_counted() =>
        Assert.Equal(["1", "2"], Read("## One\n```\n./tiny list\n```\n## Act 7: Two").Sections.Select(section => section.Label));

    [Fact]
    public void What_is_to_be_typed_meanwhile_says_so_above()
    {
        var blocks = Read("""
            ```
            ./tiny load
            ```
            In a third terminal, while the load runs,
            and not later:

            ```
            ./tiny kill service-b
            ```
            And now:
            ```
            ./tiny reset
            ```
            """).Sections[0].Blocks;

        Assert.Equal([false, true, false], blocks.Select(block => block.IsMeanwhile));
    }

    [Fact]
    public void What_is_hidden_knows_what_unfolds_it()
    {
        var blocks = Read("""
            ```
            ./tiny load
            ```
            <details><summary>Solution</summary>

            ```
            ./tiny set A=1
            ```

            </details>

            ```
            ./tiny reset
            ```
            """).Sections[0].Blocks;

        Assert.Equal(["", "Solution", ""], blocks.Select(block => block.Summary));
    }

    [Theory]
    [InlineData("```\n./tiny list\n\ndocker compose up\n```", "t.md line 4: \"docker compose up\": only lines that begin with ./tiny or curl are allowed in a code block")]
    [InlineData("text\n```\n./tiny list", "t.md line 2: the code block that begins here is not closed; a line ``` is allowed to do so")]
    [InlineData("~~~~\n./tiny list | more\n~~~~", "t.md line 2: \"./tiny list | more\": | is for a shell, and there is none; single quotes are allowed around it")]
    [InlineData("```\n./tiny load --rps 0\n```", "t.md line 2: \"./tiny load --rps 0\": --rps 0: expected a number from 0.01 to 100000")]
    [InlineData("```\n./tiny lood\n```", "t.md line 2: \"./tiny lood\": Unrecognized command or argument 'lood'.")]
    [InlineData("only text", "t.md: there is no command in it; a talk has code blocks with lines that begin with ./tiny or curl")]
    public void What_is_not_of_the_form_is_named_with_its_line(string text, string problem)
    {
        Assert.Null(TalkReader.Read("t.md", text.Split('\n'), TalkCommand.Check, out var problems));
        Assert.Equal([problem], problems);
    }

    [Fact]
    public void A_file_that_cannot_be_read_or_is_no_talk_is_said_in_a_few_lines()
    {
        Assert.Null(TalkFile.Read(Path.Combine(Files.Root, "docs"), TalkCommand.Check, out var folder));
        Assert.Contains("docs cannot be read: ", Assert.Single(folder), StringComparison.Ordinal);

        Assert.Null(TalkFile.Read(Path.Combine(Files.Root, "README.md"), TalkCommand.Check, out var readme));
        Assert.InRange(readme.Count, 2, 11);
    }

    static Talk Read(string text)
    {
        var talk = TalkReader.Read("t.md", text.Split('\n'), _ => null, out var problems);
        Assert.Empty(problems);
        return talk!;
    }
}
