using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Talks;
using Xunit;

namespace Specs.Lab.Talks;

public class TypedCommandSpecs
{
    [Theory]
    [InlineData("./tiny", "./tiny")]
    [InlineData("./tiny  set A=1   B=2", "./tiny|set|A=1|B=2")]
    [InlineData("""./tiny load --threshold "p95<2.5s" """, "./tiny|load|--threshold|p95<2.5s")]
    [InlineData("""curl -d '[{"kind":"corrupt"}]' http://localhost:8000/faults""", """curl|-d|[{"kind":"corrupt"}]|http://localhost:8000/faults""")]
    [InlineData("""curl -H "A: b"c''d "" x""", "curl|-H|A: bcd||x")]
    [InlineData("curl http://localhost:8000/process?trace=1", "curl|http://localhost:8000/process?trace=1")]
    public void A_line_is_split_as_a_shell_would(string line, string words) =>
        Assert.Equal(words.Split('|'), TypedCommand.Read(line.Trim(), out _)!.Words);

    [Theory]
    [InlineData("docker compose up", "only lines that begin with ./tiny or curl are allowed in a code block")]
    [InlineData("tiny reset", "only lines that begin with ./tiny or curl are allowed in a code block")]
    [InlineData("./tinyx", "only lines that begin with ./tiny or curl are allowed in a code block")]
    [InlineData("# a remark", "only lines that begin with ./tiny or curl are allowed in a code block")]
    [InlineData("", "only lines that begin with ./tiny or curl are allowed in a code block")]
    [InlineData("./tiny load --threshold \"p95<1s", "the quote \" is not closed")]
    [InlineData("curl 'x", "the quote ' is not closed")]
    [InlineData("./tiny reset; rm -r x", "; is for a shell, and there is none; single quotes are allowed around it")]
    [InlineData("curl http://localhost:8000/state | jq", "| is for a shell, and there is none; single quotes are allowed around it")]
    [InlineData("./tiny load --threshold p95<1s", "< is for a shell, and there is none; single quotes are allowed around it")]
    [InlineData("curl \"$HOME\"", "$ is for a shell, and there is none; single quotes are allowed around it")]
    [InlineData("./tiny reset \\", "\\ is for a shell, and there is none; single quotes are allowed around it")]
    [InlineData("./tiny \e[2J", "it holds a control character, where printable text is allowed")]
    public void What_is_no_command_of_a_talk_is_refused(string line, string problem)
    {
        Assert.Null(TypedCommand.Read(line, out var said));
        Assert.Equal(problem, said);
    }

    [Theory]
    [InlineData("./tiny load --rps 20", "./tiny load --rps 20 --port-base 9000")]
    [InlineData("./tiny load --port-base 7000", "./tiny load --port-base 7000")]
    [InlineData("curl http://localhost:8001/state", "curl http://localhost:9001/state")]
    [InlineData("curl http://localhost:8080/state", "curl http://localhost:9004/state")]
    [InlineData("curl http://127.0.0.1:8000/", "curl http://127.0.0.1:9000/")]
    [InlineData("curl http://localhost:9999/ http://example.org:8000/", "curl http://localhost:9999/ http://example.org:8000/")]
    public void It_goes_to_the_lab_that_is_meant(string line, string moved)
    {
        var command = Command(line).For(PortPlan.From(9000));
        Assert.Equal(moved, command.Text);
        Assert.Equal(moved.Split(' '), command.Words);
        Assert.Equal(line, Command(line).For(PortPlan.From(PortPlan.DefaultBase)).Text);
    }

    [Theory]
    [InlineData("./tiny load --rps 20 --seconds 15", "./tiny load --rps 20 --seconds 3")]
    [InlineData("./tiny compare --seconds 15 --rps 20", "./tiny compare --seconds 3 --rps 20")]
    [InlineData("./tiny load --seconds 2", "./tiny load --seconds 2")]
    [InlineData("./tiny break stall from_s=5", "./tiny break stall from_s=5")]
    public void A_load_can_be_shortened(string line, string shorter)
    {
        var command = Command(line).Shortened(3);
        Assert.Equal(shorter, command.Text);
        Assert.Equal(shorter.Split(' '), command.Words);
    }

    [Fact]
    public void On_Windows_it_is_typed_as_there()
    {
        Assert.Equal(@".\tiny.cmd reset", Command("./tiny reset").Shown(windows: true));
        Assert.Equal("curl.exe http://localhost:8000/", Command("curl http://localhost:8000/").Shown(windows: true));
        Assert.Equal("./tiny reset", Command("./tiny reset").Shown(windows: false));
    }

    static TypedCommand Command(string line) => TypedCommand.Read(line, out _)!;
}
