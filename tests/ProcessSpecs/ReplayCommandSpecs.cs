using ProcessSpecs.Harness;
using Xunit;

namespace ProcessSpecs;

/// <summary>Recordings that cannot be, as whoever types the command meets them.</summary>
public sealed class ReplayCommandSpecs
{
    [Theory]
    [InlineData("/no/such/recording", 2, "there is no file /no/such/recording")]
    [InlineData("", 2, "Required argument 'FILE' missing for command: 'replay'; tiny replay --help shows what it takes")]
    public async Task What_cannot_be_replayed_is_one_line(string file, int code, string line) =>
        Assert.Equal((code, line), await Run(["replay", .. file == "" ? [] : (string[])[file]]));

    [Fact]
    public async Task A_file_that_is_something_else_is_no_recording()
    {
        var other = typeof(ReplayCommandSpecs).Assembly.Location;
        Assert.Equal((2, $"{other} is no recording of a stage"), await Run("replay", other));
    }

    [Fact]
    public async Task A_recording_replaces_no_file()
    {
        var other = typeof(ReplayCommandSpecs).Assembly.Location;
        Assert.Equal((2, $"--record {other} is there already, and a recording replaces nothing: name another file"), await Run("stage", "--record", other));
        Assert.Equal((2, "--record /no/such/folder/it is in no folder: there is no /no/such/folder"), await Run("up", "--record", "/no/such/folder/it"));
    }

    static async Task<(int, string)> Run(params string[] arguments)
    {
        using var command = RunningProgram.Start("Lab", arguments, []);
        return (await command.ExitCode(), command.Errors);
    }
}
