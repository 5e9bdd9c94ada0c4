using System.CommandLine;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Virtual;
using TinyResilient.Lab.Processes;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny golden`: whether every scenario still does what the files of tests/golden say.</summary>
static class GoldenCommand
{
    public const string Name = "golden";

    public static Command Create()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where they are", DefaultValueFactory = _ => Path.Combine("tests", "golden") };
        var renew = new Option<bool>("--renew") { Description = "Write them anew" };
        var command = new Command(Name, "Compare what every scenario does, in virtual time, with what is kept of it; for who changes the services")
        {
            folder, renew,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(folder)!, parsed.GetValue(renew), stop));
        return command;
    }

    static async Task<int> RunAsync(string folder, bool isRenewed, CancellationToken stop)
    {
        if (!Directory.Exists(folder))
            return Ending.Fail(ExitCode.Usage, $"{folder} is no folder here: name the one with the golden files");
        var known = Catalogue.All.Select(Golden.FileOf).ToList();
        if (Directory.GetFiles(folder, "*.txt").Select(path => Path.GetFileName(path)).Except(known).FirstOrDefault() is { } stranger)
            return Ending.Fail(ExitCode.Usage, $"{Path.Combine(folder, stranger)} belongs to no scenario: delete it");
        try
        {
            var present = await Golden.OfAsync(Catalogue.All, Environment.ProcessorCount, stop);
            var lines = new List<string>();
            foreach (var scenario in Catalogue.All)
            {
                var path = Path.Combine(folder, Golden.FileOf(scenario));
                var golden = present[scenario.Name];
                if (isRenewed)
                    await File.WriteAllTextAsync(path, golden.Text, stop);
                else
                    lines.AddRange(golden.Differences(path, File.Exists(path) ? await File.ReadAllTextAsync(path, stop) : null));
            }
            foreach (var line in lines)
                Console.Out.WriteLine(line);
            return lines.Count == 0 ? ExitCode.Ok
                : Ending.Fail(ExitCode.Threshold, $"where that is meant: ./tiny {Name} --renew, and read what git diff shows");
        }
        catch (Exception failure) when (failure is RunFailedException or IOException or UnauthorizedAccessException)
        {
            return Ending.Fail(ExitCode.Failed, failure.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Ending.Fail(ExitCode.Interrupted, "stopped: nothing was compared or written");
        }
    }
}
