using System.CommandLine;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Reports;
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

    static Argument<string> Folder(string name, string description) => new(name) { Description = description };
}
