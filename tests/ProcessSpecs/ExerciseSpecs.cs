using ProcessSpecs.Harness;
using TinyResilient.Lab.Talks;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>
/// Every exercise of docs/exercises.md, as it stands there. Each says how unlikely it is that chance turns red to green or
/// back: at most once in 40,000 runs.
/// </summary>
public sealed class ExerciseSpecs(RunningLab lab, ITestOutputHelper screen) : IClassFixture<RunningLab>, IDisposable
{
    const int ThresholdNotMet = 99;
    static readonly Talk exercises = Document.Read("docs/exercises.md");

    public static TheoryData<string> Exercises =>
        [.. exercises.Sections.Where(section => section.Blocks.Any() && !section.Blocks.First().Commands[0].StartsLab).Select(section => section.Heading)];

    [Fact]
    public void There_are_five() => Assert.Equal(5, Exercises.Count);

    [Theory]
    [MemberData(nameof(Exercises))]
    public async Task A_claim_is_red_until_the_knobs_of_the_solution_are_turned(string exercise)
    {
        var (task, solution) = exercises.Sections.Single(section => section.Heading == exercise).Blocks.ToList() is [{ Summary: "" } first, { Summary: "Solution" } second]
            ? (first.Commands, second.Commands) : throw new InvalidOperationException("an exercise is a task and a solution");

        foreach (var command in task.SkipLast(1))
            Assert.Equal(0, await lab.Type(command));
        Assert.Equal(ThresholdNotMet, await lab.Type(task[^1]));
        foreach (var command in solution)
            Assert.Equal(0, await lab.Type(command));
        Assert.Equal(0, await lab.Type(task[^1]));
    }

    public void Dispose() => screen.WriteLine(lab.TakeTranscript());
}
