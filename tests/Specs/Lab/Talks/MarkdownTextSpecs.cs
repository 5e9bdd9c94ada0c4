using Spectre.Console;
using TinyResilient.Lab.Talks;
using Xunit;

namespace Specs.Lab.Talks;

public class MarkdownTextSpecs
{
    [Fact]
    public void A_paragraph_is_wrapped_to_the_width_of_the_terminal() =>
        Assert.Equal("**Ask** is bold, code too, and a link stays as its words.".Replace("**", "", StringComparison.Ordinal),
            Drawn(200, "**Ask** is bold, `code` too, and a", "[link](http://localhost/) stays as its words."));

    [Fact]
    public void No_line_is_longer_than_the_terminal_is_wide()
    {
        var lines = Drawn(40, "- A point that is longer than one line of forty letters can ever be, so that it is wrapped").Split('\n');

        Assert.Equal("  • A point that is longer than one line", lines[0].TrimEnd());
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 40));
        Assert.StartsWith("    ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_is_drawn_with_its_cells()
    {
        var text = Drawn(80, "| | restarted |", "|---|---|", "| no retries | **98 %** |");

        Assert.Contains("restarted", text, StringComparison.Ordinal);
        Assert.Contains("98 %", text, StringComparison.Ordinal);
        Assert.DoesNotContain("---|", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[red]not markup[/] and 2 * 3 * 4")]
    [InlineData("an _underscore_, a lone ` and ** stay")]
    public void What_it_does_not_know_is_shown_as_it_is_written(string text) => Assert.Equal(text, Drawn(200, text));

    [Fact]
    public void Nothing_in_a_document_can_steer_the_terminal() =>
        Assert.Equal("a?[2Jb ?]0;x", Drawn(200, "a\e[2Jb `\e]0;x`"));

    static string Drawn(int width, params string[] lines)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        console.Write(MarkdownText.Of(new Prose(lines)));
        return $"{writer}".TrimEnd('\n');
    }
}
