using System.CommandLine;
using Spectre.Console;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Rehearsals;
using TinyResilient.Lab.Talks;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny rehearse`: what can go wrong in a room, before it does.</summary>
static class RehearseCommand
{
    public const string Name = "rehearse";

    const string Talk = "docs/talk.md";

    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = $"The talk, as for tiny talk; without it {Talk}",
            DefaultValueFactory = _ => Sources.Find(AppContext.BaseDirectory).Root is { } root ? Path.Combine(root, Talk) : Talk,
        };
        var quick = new Option<bool>("--quick") { Description = "Each act in a few seconds: shows that it works, not what it shows" };
        var command = new Command(Name, "Go through what can go wrong in a room: ports, build, power, noise of the machine, start of the lab, every act of the "
            + "talk, the offline claim. Says green or red for each, and what to do, and records the stage. About 8 minutes, with --quick about 2. "
            + "Exit codes: 0 nothing red, 99 something red, 130 interrupted")
        {
            file, quick, RecordOption.File,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(quick), parsed.GetValue(RecordOption.File), PortPlan.From(parsed.GetValue(Tiny.PortBase))));
        return command;
    }

    static async Task<int> RunAsync(string file, bool isQuick, string? record, PortPlan ports)
    {
        var time = TimeProvider.System;
        if (TalkFile.Read(file, TalkCommand.Check, out var problems) is not { } talk)
            return Ending.Fail(ExitCode.Usage, problems);
        using var signals = new StopSignals(time);
        record ??= Path.Combine("reports", $"rehearsal-{time.GetLocalNow():yyyyMMdd-HHmmss}.jsonl.gz");
        var rehearsal = new Rehearsal(ports, talk, isQuick, record, Console.Error.WriteLine, time);
        try
        {
            await rehearsal.RunAsync(signals.Asked);
        }
        catch (OperationCanceledException) when (signals.Asked.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Interrupted; what was found until then:");
        }
        Console.Write(FindingTable.Of(rehearsal.Findings, AnsiConsole.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors }));
        return signals.Asked.IsCancellationRequested ? ExitCode.Interrupted
            : rehearsal.Findings.Any(finding => finding.Light == Light.Red) ? ExitCode.Threshold : ExitCode.Ok;
    }
}
