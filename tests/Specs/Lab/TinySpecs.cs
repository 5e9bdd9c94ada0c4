using System.CommandLine;
using TinyResilient.Lab.Commands;
using Xunit;

namespace Specs.Lab;

public class TinySpecs
{
    [Theory]
    [InlineData("load --rps 5", new string[0])]
    [InlineData("load --port-base 9000", new[] { "--url", "http://localhost:9000/process" })]
    [InlineData("--port-base 9000 load", new[] { "--url", "http://localhost:9000/process" })]
    [InlineData("load --port-base 9000 --url http://localhost:1/", new string[0])]
    [InlineData("up --port-base 9000", new string[0])]
    public void A_load_goes_to_the_lab_that_is_named_unless_it_has_an_address(string line, string[] added) =>
        Assert.Equal(added, LoadCommand.Address(Tiny.Create().Parse(line)));

    [Theory]
    [InlineData("", "up")]
    [InlineData("--port-base 9000", "up")]
    [InlineData("up", "up")]
    public void Without_a_command_it_is_up(string line, string _) =>
        Assert.IsType<UpAction>(Tiny.Create().Parse(line).Action);

    [Theory]
    [InlineData("stup",
        "Unrecognized command or argument 'stup'; tiny --help shows the commands|")]
    [InlineData("paus service-b",
        "Unrecognized command or argument 'paus'; did you mean pause?|")]
    [InlineData("preset evli", "Argument 'evli' not recognized. Must be one of: 'calm' 'evil'|")]
    [InlineData("kill service-c", "service-c is not service-a, service-b, or service-b-2 to service-b-20|")]
    [InlineData("kill", "Required argument 'SERVICE' missing for command: 'kill'; tiny kill --help shows what it takes|")]
    [InlineData("set FAILURE_RATE", "FAILURE_RATE is not NAME=VALUE, e.g. FAILURE_RATE=0.6|")]
    [InlineData("set A=1 A=2", "A is given more than once|")]
    [InlineData("--port-base 0", "--port-base 0 is not a whole number in 1..65531.|")]
    [InlineData("up --port-base 65532", "--port-base 65532 is not a whole number in 1..65531.|")]
    [InlineData("--port-base eight", "--port-base eight is not a whole number in 1..65531.|")]
    public async Task A_wrong_word_is_named_with_what_was_meant(string line, string lines)
    {
        var args = line.Split(' ');

        var text = await Tiny.UsageErrorAsync(Tiny.Create(), args, Tiny.Create().Parse(args));

        Assert.Equal(lines, text.ReplaceLineEndings("|"));
    }
}
