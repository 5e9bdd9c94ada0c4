using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs.Harness;

/// <summary>Specs of `tiny` commands that are started as processes and leave files in a folder of the spec. Both end with it.</summary>
public abstract class CommandSpecs(ITestOutputHelper screen) : IDisposable
{
    readonly List<RunningProgram> programs = [];

    protected string Folder { get; } = Directory.CreateTempSubdirectory("tiny-spec-").FullName;

    public void Dispose()
    {
        foreach (var program in programs)
        {
            program.Dispose();
            screen.WriteLine($"{program}");
        }
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected RunningProgram Start(string[] arguments, Dictionary<string, string>? environment = null)
    {
        var program = RunningProgram.Start("Lab", arguments, environment ?? []);
        programs.Add(program);
        return program;
    }

    /// <summary>The run has ended well. A machine that is busy with other things makes its own load late: then the run says so, and is no result.</summary>
    private protected static async Task HasEndedWell(RunningProgram run)
    {
        var code = await run.ExitCode(TimeSpan.FromMinutes(5));
        Assert.Equal(run.Output.Contains("this machine was the bottleneck", StringComparison.Ordinal) ? 1 : 0, code);
    }
}
