using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Talks;
using Xunit;

namespace ProcessSpecs.Harness;

/// <summary>A lab that `tiny` has started, and a user who types commands as a document has them. Nothing but the ports is changed.</summary>
public sealed class RunningLab : IAsyncLifetime
{
    RunningProgram lab = null!;

    /// <summary>The port of its ServiceA.</summary>
    public int PortBase { get; } = Ports.Free(5);

    public async Task InitializeAsync()
    {
        lab = RunningProgram.Start("Lab", ["--port-base", $"{PortBase}"], []);
        await Until.Fact("both are ready", () => lab.Output.Contains("Both services are ready.", StringComparison.Ordinal));
    }

    public Task DisposeAsync()
    {
        lab.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Types a command of tiny.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> Type(TypedCommand command)
    {
        using var program = RunningProgram.Start("Lab", command.For(PortPlan.From(PortBase)).Words.Skip(1), []);
        return await program.ExitCode();
    }
}
