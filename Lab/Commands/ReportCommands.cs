using System.CommandLine;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny report` and `tiny diff`: what earlier runs have left.</summary>
static class ReportCommands
{
    public static Command Report()
    {
        var folder = Folder("DIR", "Folder of an earlier run with --out");
        var command = new Command("report", "Draw the report of an earlier run again") { folder };
        command.SetAction(parsed =>
        {
            var place = parsed.GetValue(folder)!;
            if (ResultJson.Read(place, out var result) is { } unreadable)
                return Ending.Fail(ExitCode.Usage, unreadable);
            if (ReportFolder.Write(place, result!, tell: Console.WriteLine) is { } unwritten)
                return Ending.Fail(ExitCode.Failed, unwritten);
            Console.WriteLine($"Drawn again in {place}.");
            return ExitCode.Ok;
        });
        return command;
    }

    public static Command Diff()
    {
        var (before, after) = (Folder("A", "Folder of the earlier run"), Folder("B", "Folder of the later run"));
        var command = new Command("diff", "What moved between two runs beyond noise") { before, after };
        command.SetAction(parsed =>
        {
            string?[] problems = [ResultJson.Read(parsed.GetValue(before)!, out var one), ResultJson.Read(parsed.GetValue(after)!, out var other)];
            if (problems.OfType<string>().ToArray() is { Length: > 0 } unreadable)
                return Ending.Fail(ExitCode.Usage, unreadable);
            Console.Write(RunDifference.Text(one!, other!));
            return ExitCode.Ok;
        });
        return command;
    }

    public static Command Model()
    {
        var folder = Folder("DIR", "Folder of an earlier run with --out");
        var command = new Command("model", "Where a run is not what the model expects of its arms, beyond chance; for who changes the model") { folder };
        command.SetAction(parsed =>
        {
            if (ResultJson.Read(parsed.GetValue(folder)!, out var result) is { } unreadable)
                return Ending.Fail(ExitCode.Usage, unreadable);
            var (known, differences) = ModelCheck.Of(result!);
            foreach (var line in differences)
                Console.WriteLine(line);
            Console.WriteLine($"{known} arms and lanes are known to the model; {differences.Count} of their numbers are not as it expects.");
            return differences.Count == 0 ? ExitCode.Ok : ExitCode.Threshold;
        });
        return command;
    }

    static Argument<string> Folder(string name, string description) => new(name) { Description = description };
}
