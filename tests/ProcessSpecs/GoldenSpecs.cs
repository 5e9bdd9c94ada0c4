using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>What every scenario does, in virtual time, is what the files of tests/golden say.</summary>
public sealed class GoldenSpecs(ITestOutputHelper screen) : CommandSpecs(screen)
{
    static readonly string kept = Path.Combine(Programs.Repository, "tests", "golden");

    [Fact]
    public async Task Every_scenario_does_what_it_did()
    {
        var compared = Start(["golden", kept], []);
        var code = await compared.ExitCode(limit: TimeSpan.FromMinutes(10)); // only a hang takes so long
        Assert.True(code == 0, $"exit code {code}\n{compared.Output}\n{compared.Errors}");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_and_a_file_of_no_scenario_are_told_before_anything_runs()
    {
        var nowhere = Path.Combine(Folder, "nowhere");
        await Refused(nowhere, $"{nowhere} is no folder here: name the one with the golden files");
        var compared = Start(["golden", Folder], []);
        Assert.Equal(2, await compared.ExitCode());
        Assert.Equal($"{Folder} holds no golden file: name the folder that does, or write them there with --renew", compared.Errors);
        var stranger = Path.Combine(Folder, "corupt.txt");
        await File.WriteAllTextAsync(stranger, "");
        await Refused(Folder, $"{stranger} belongs to no scenario: delete it");
    }

    async Task Refused(string folder, string line)
    {
        var refused = Start(["golden", folder, "--renew"], []);
        Assert.Equal(2, await refused.ExitCode());
        Assert.Equal(line, refused.Errors);
        Assert.Empty(refused.Output);
    }
}
