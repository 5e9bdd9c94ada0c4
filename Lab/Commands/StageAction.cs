using System.CommandLine;
using System.CommandLine.Invocation;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Stage;
using TinyResilient.LoadTest;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny stage`: the stage alone, until Ctrl-C. It finds the services when they come, and again when they come back.</summary>
sealed class StageAction : AsynchronousCommandLineAction
{
    public override async Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        var portBase = parseResult.GetValue(Tiny.PortBase);
        var ports = PortPlan.From(portBase);
        if (RunningServices.BadAddress() is { } bad)
            return Ending.Fail(ExitCode.Usage, bad);
        if (StageSettings.Read(ports, Console.Error) is not { } settings)
            return ExitCode.Usage;
        var screen = Screen.Standard();
        using var stop = new StopSignals(TimeProvider.System, settings.ExitWithParent);
        await using var stage = new StageRun(settings, RunningServices.Place(parseResult),
            new(RunningServices.AreNamed ? null : RunFile.For(portBase), portBase, startAtOnce: null), screen.Say, TimeProvider.System,
            parseResult.GetValue(RecordOption.File));
        if (await stage.StartAsync() is { } obstacle)
            return Ending.Fail(ExitCode.Failed, obstacle);
        screen.Say($"The stage is at http://localhost:{settings.HttpPort}/ for who presents, and at /stage for the room. Ctrl-C ends it.");
        await stop.AskedAsync();
        await stage.StopAsync();
        return stop.Code;
    }
}
