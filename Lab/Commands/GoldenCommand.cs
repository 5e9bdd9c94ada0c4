using System.CommandLine;
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
        var present = Directory.GetFiles(folder, "*.txt").Select(path => Path.GetFileName(path)).ToList();
        if (!isRenewed && !present.Intersect(known).Any())
            return Ending.Fail(ExitCode.Usage, $"{folder} holds no golden file: name the folder that does, or write them there with --renew");
        if (present.Except(known).FirstOrDefault() is { } stranger)
            return Ending.Fail(ExitCode.Usage, $"{Path.Combine(folder, stranger)} belongs to no scenario: delete it");
        return await VirtualWork.DoAsync(
            benches => isRenewed ? RenewAsync(benches, folder, stop) : CompareAsync(benches, folder, stop),
            "stopped: nothing was compared or written", Environment.ProcessorCount, stop);
    }

    static async Task<int> RenewAsync(VirtualBenches benches, string folder, CancellationToken stop)
    {
        foreach (var (scenario, golden) in await Golden.OfAsync(Catalogue.All, benches, stop))
            await File.WriteAllTextAsync(PathOf(folder, scenario), golden.Text, stop);
        return ExitCode.Ok;
    }

    static async Task<int> CompareAsync(VirtualBenches benches, string folder, CancellationToken stop)
    {
        var lines = new List<string>();
        foreach (var (scenario, golden) in await Golden.OfAsync(Catalogue.All, benches, stop))
        {
            var path = PathOf(folder, scenario);
            lines.AddRange(golden.Differences(path, File.Exists(path) ? await File.ReadAllTextAsync(path, stop) : null));
        }
        foreach (var line in lines)
            Console.Out.WriteLine(line);
        return lines.Count == 0 ? ExitCode.Ok
            : Ending.Fail(ExitCode.Threshold, $"where that is meant: ./tiny {Name} --renew, and read what git diff shows");
    }

    static string PathOf(string folder, Scenario scenario) => Path.Combine(folder, Golden.FileOf(scenario));
}
