using System.CommandLine;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Stage;
using TinyResilient.Lab.Virtual;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny record`: an act of the stage, in virtual time, for `tiny replay`.</summary>
static class RecordCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "A scenario by name or id" };
        var file = new Argument<string>("FILE") { Description = "A new file" };
        var arm = new Option<string?>("--arm") { Description = "One arm of it; otherwise all, one after the other", HelpName = "ARM" };
        var command = new Command("record", "Record a scenario as the stage shows it, in virtual time and in seconds; tiny replay FILE shows it")
        {
            name, file, arm,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(name)!, parsed.GetValue(arm), parsed.GetValue(file)!, stop));
        return command;
    }

    static async Task<int> RunAsync(string name, string? arm, string file, CancellationToken stop)
    {
        if (Obstacle(name, arm) is { } obstacle)
            return Ending.Fail(ExitCode.Usage, obstacle);
        if (RecordingWriter.Obstacle(file) is { } noFile)
            return Ending.Fail(ExitCode.Usage, noFile);
        var order = new RecordOrder(Catalogue.Find(name)!.Name, arm, Path.GetFullPath(file));
        return await VirtualWork.DoAsync(
            async benches =>
            {
                var delivery = await benches.AllAsync([order], stop);
                Console.WriteLine($"{VirtualBenches.Sound(delivery[0]).RecordedS:0} s in virtual time are in {file}: ./tiny replay {file}");
                return ExitCode.Ok;
            },
            $"stopped: {file} ends there", count: 1, stop);
    }

    static string? Obstacle(string name, string? arm)
    {
        if (Catalogue.Find(name) is not { } scenario)
            return CatalogueCommands.Unknown(name);
        var choice = new ActChoice(scenario, arm);
        return arm is not null && ActChoice.ArmsOf(scenario) is var arms && !arms.Contains(arm) ? ActChoice.Unknown(arm, scenario) : choice.Obstacle;
    }
}
