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
    /// <summary>How many ServiceB to start.</summary>
    public static readonly Option<int> Nodes = LabOption.Whole("--nodes", 1, 1, Service.MostNodes,
        "How many ServiceB to start; several are a cluster with ServiceA");

    public override async Task<int> InvokeAsync(
        ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        var portBase = parseResult.GetValue(Tiny.PortBase);
        // `tiny` alone has no such option
        var ports = PortPlan.From(portBase) with { Nodes = parseResult.GetResult(Nodes)?.GetValueOrDefault<int>() ?? 1 };
        if (ports.NoRoom is { } noRoom)
            return Ending.Fail(ExitCode.Usage, noRoom);
        if (StageSettings.Read(ports, Console.Error) is not { } settings)
            return ExitCode.Usage;
        using var stop = new StopSignals(TimeProvider.System, settings.ExitWithParent);
        await using var lab = new LabRun(ports, settings, RunFile.For(portBase), Screen.Standard(), TimeProvider.System,
            parseResult.GetValue(RecordOption.File));
        return await lab.RunAsync(stop);
    }
}
