using System.CommandLine;
using System.CommandLine.Invocation;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Stage;
using TinyResilient.LoadTest;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny up`, and `tiny` alone: both services and the stage, until Ctrl-C.</summary>
sealed class UpAction : AsynchronousCommandLineAction
{
    public override async Task<int> InvokeAsync(
        ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        var portBase = parseResult.GetValue(Tiny.PortBase);
        var ports = PortPlan.From(portBase);
        if (StageSettings.Read(ports, Console.Error) is not { } settings)
            return ExitCode.Usage;
        using var stop = new StopSignals(TimeProvider.System, settings.ExitWithParent);
        await using var lab = new LabRun(ports, settings, RunFile.For(portBase), Screen.Standard(), TimeProvider.System,
            parseResult.GetValue(RecordOption.File));
        return await lab.RunAsync(stop);
    }
}
