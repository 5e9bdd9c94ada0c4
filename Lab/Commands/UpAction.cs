using System.CommandLine;
using System.CommandLine.Invocation;
using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny up`, and `tiny` alone: both services, until Ctrl-C.</summary>
sealed class UpAction : AsynchronousCommandLineAction
{
    public override async Task<int> InvokeAsync(
        ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        var portBase = parseResult.GetValue(Tiny.PortBase);
        using var stop = new StopSignals(TimeProvider.System);
        using var lab = new LabRun(
            PortPlan.From(portBase), RunFile.For(portBase), Screen.Standard(), TimeProvider.System);
        return await lab.RunAsync(stop);
    }
}
