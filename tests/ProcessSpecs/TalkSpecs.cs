using ProcessSpecs.Harness;
using TinyResilient.Lab.Talks;
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
    static readonly Talk talk = Document.Read("docs/talk.md");

    public static TheoryData<string> Acts => [.. talk.Headings()];

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Every_command_of_an_act_works_and_it_ends_with_a_reset(string act)
    {
        var typed = talk.Typed(act);
        Assert.True(typed[^1].Command.IsReset);
        for (var index = 0; index < typed.Count; index++)
        {
            await lab.IsReady(); // as a speaker sees it in the first terminal
            if (typed[index].Moment == Moment.Alone)
            {
                await Works(typed[index].Command);
                continue;
            }
            var meanwhile = typed.Skip(index + 1).TakeWhile(run => run.Moment is Moment.Meanwhile or Moment.LastMeanwhile).ToList();
            await Works(typed[index].Command, meanwhile);
            index += meanwhile.Count;
        }
    }

    public void Dispose() => screen.WriteLine(lab.TakeTranscript());

    async Task Works(TypedCommand command, IReadOnlyList<Run>? meanwhile = null)
    {
        var code = await lab.Type(command, meanwhile is null ? LongestSeconds : LongestSecondsWithMeanwhile, meanwhile is null ? null : async () =>
        {
            foreach (var run in meanwhile)
                await Works(run.Command);
        });
        Assert.True(code == Expected(command), $"exit code {code}: {command.Text}");
    }

    // The talk says that this is for Linux and macOS.
    static int Expected(TypedCommand command) => OperatingSystem.IsWindows() && command.Words is [_, "pause" or "resume", ..] ? 1 : 0;
}
