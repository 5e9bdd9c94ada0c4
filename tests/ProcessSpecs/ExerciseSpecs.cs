using ProcessSpecs.Harness;
using TinyResilient.Lab.Talks;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>
/// Every exercise of docs/exercises.md, as it stands there, in virtual time with some seeds; and the first as a class meets it.
/// Each says how unlikely it is that chance turns red to green or back: at most once in 40,000 runs.
/// </summary>
[Collection(Collections.Beside)]
public sealed class ExerciseSpecs(RunningLab lab, ITestOutputHelper screen) : CommandSpecs(screen), IClassFixture<RunningLab>
{
    const int ThresholdNotMet = 99, Count = 5;
    const string Path = "docs/exercises.md";
    static readonly string file = System.IO.Path.Combine(Programs.Repository, "docs", "exercises.md");

    [Fact]
    public async Task Every_exercise_is_red_with_every_seed()
    {
        var judged = await Judge(ThresholdNotMet, "all", "--seeds", "5");
        Assert.Equal(Count, judged.Split('\n').Count(line => line == "  red"));
    }

    [Fact]
    public async Task Every_solution_turns_its_exercise_green_with_every_seed()
    {
        var judged = await Judge(0, "all", "--solution", "--seeds", "5");
        Assert.Equal(Count, judged.Split('\n').Count(line => line == "  green"));
    }

    [Theory]
    [InlineData("4", "MAX_RETRIES=1")] // what is wanted is to retry no crash, and not to retry less
    [InlineData("4", "MAX_RETRIES=0")]
    [InlineData("5", "HEDGE_AFTER_MS=1")]
    [InlineData("5", "MAX_IN_FLIGHT=1")] // who refuses is fast
    public async Task What_is_near_the_solution_turns_nothing_green(string exercise, string knob) =>
        Assert.Contains("  red", await Judge(ThresholdNotMet, exercise, knob, "--seeds", "5"), StringComparison.Ordinal);

    [Fact]
    public async Task On_a_running_lab_the_first_is_red_until_the_knobs_of_its_solution_are_turned()
    {
        var blocks = Document.Read(Path).Sections.Single(section => section.Label == "1").Blocks.ToList();
        var (task, solution) = (blocks[0].Commands, blocks[1].Commands);
        foreach (var command in task.SkipLast(1))
            Assert.Equal(0, await lab.Type(command));
        Assert.Equal(ThresholdNotMet, await lab.Type(task[^1]));
        foreach (var command in solution)
            Assert.Equal(0, await lab.Type(command));
        Assert.Equal(0, await lab.Type(task[^1]));
    }

    [Theory]
    [InlineData(2, "6 is no exercise of {0}; there are 1, 2, 3, 4, 5, all", "6")]
    [InlineData(2, "knobs are for one exercise, and in place of --solution or --each-knob: leave out MAX_RETRIES=1", "all", "MAX_RETRIES=1")]
    [InlineData(2, "knobs are for one exercise, and in place of --solution or --each-knob: leave out MAX_RETRIES=1", "4", "MAX_RETRIES=1", "--each-knob")]
    [InlineData(2, "--each-knob tries every knob in place of --solution: leave out one of them", "4", "--solution", "--each-knob")]
    [InlineData(2, "MAX_RETRIES is not NAME=VALUE, e.g. MAX_RETRIES=6", "4", "MAX_RETRIES")]
    public async Task What_cannot_be_judged_is_told_in_one_line(int code, string line, params string[] words)
    {
        var judged = Start(["exercise", .. words, "--file", file]);
        Assert.Equal(code, await judged.ExitCode());
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, file), judged.Errors.Split('\n')[0]);
    }

    [Fact]
    public async Task A_value_that_a_knob_does_not_take_is_told_in_the_words_of_the_service()
    {
        var judged = Start(["exercise", "1", "MAX_RETRIES=11", "--file", file]);
        Assert.Equal(2, await judged.ExitCode());
        Assert.Equal("MAX_RETRIES must be a whole number in 0..10, but is 11", judged.Errors);
    }

    async Task<string> Judge(int code, params string[] words)
    {
        var judged = Start(["exercise", .. words, "--file", file]);
        Assert.Equal(code, await judged.ExitCode(limit: TimeSpan.FromMinutes(10))); // only a hang takes so long
        return judged.Output;
    }
}
