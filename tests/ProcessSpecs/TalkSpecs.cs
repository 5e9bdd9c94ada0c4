using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>
/// Every command of docs/talk.md, in its order, on one lab. Loads last a second at most, and three where something is to
/// happen meanwhile: that a command works does not depend on it, and the numbers are checked elsewhere.
/// </summary>
public sealed class TalkSpecs(RunningLab lab, ITestOutputHelper screen) : IClassFixture<RunningLab>, IDisposable
{
    const int LongestSeconds = 1, LongestSecondsWithMeanwhile = 3;
    static readonly IReadOnlyList<CommandBlock> blocks = CommandBlock.Of("docs/talk.md");

    public static TheoryData<string> Acts => [.. blocks.Select(block => block.Section).Distinct()];

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Every_command_of_an_act_works_and_it_ends_with_a_reset(string act)
    {
        var typed = blocks.Where(block => block.Section == act).ToList();
        Assert.Equal("./tiny reset", typed[^1].Commands[^1]);
        for (var block = 0; block < typed.Count; block++)
        {
            await lab.IsReady(); // as a speaker sees it in the first terminal
            var meanwhile = block + 1 < typed.Count && typed[block + 1].IsMeanwhile ? typed[block + 1] : null;
            foreach (var command in typed[block].Commands.SkipLast(1))
                await Works(command);
            await Works(typed[block].Commands[^1], meanwhile);
            if (meanwhile is not null)
                block++;
        }
    }

    public void Dispose() => screen.WriteLine(lab.TakeTranscript());

    async Task Works(string command, CommandBlock? meanwhile = null)
    {
        var code = await lab.Type(command, meanwhile is null ? LongestSeconds : LongestSecondsWithMeanwhile, meanwhile is null ? null : async () =>
        {
            foreach (var one in meanwhile.Commands)
                await Works(one);
        });
        Assert.True(code == Expected(command), $"exit code {code}: {command}");
    }

    // The talk says that this is for Linux and macOS.
    static int Expected(string command) =>
        OperatingSystem.IsWindows() && (command.StartsWith("./tiny pause", StringComparison.Ordinal) || command.StartsWith("./tiny resume", StringComparison.Ordinal))
            ? 1 : 0;
}
