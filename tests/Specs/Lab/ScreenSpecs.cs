using TinyResilient.Lab;
using Xunit;

namespace Specs.Lab;

public sealed class ScreenSpecs : IDisposable
{
    readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void A_line_says_whose_it_is()
    {
        var screen = Plain();

        screen.Forward("service-b", "info [x] one");
        screen.Say("two");

        Assert.Equal("service-b | info [x] one\ntiny      | two\n", _output.ToString());
    }

    [Fact]
    public void Colour_changes_the_name_and_nothing_else()
    {
        new Screen(_output, TextWriter.Null, colours: true).Forward("service-a", "one");

        Assert.Equal("\e[36mservice-a\e[0m | one\n", _output.ToString());
    }

    [Fact]
    public void A_line_of_a_service_cannot_steer_the_terminal()
    {
        Plain().Forward("service-b", "a\e[2Jb\rc\td");

        Assert.Equal("service-b | a?[2Jb?c\td\n", _output.ToString());
    }

    [Fact]
    public void A_terminal_that_is_gone_stops_nobody()
    {
        using var closed = new Closed();

        new Screen(closed, closed, colours: false).Say("one");
    }

    Screen Plain() => new(_output, TextWriter.Null, colours: false);

    sealed class Closed : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("closed");
    }
}
