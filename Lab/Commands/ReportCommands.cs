using System.CommandLine;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>What earlier runs have left: drawn again, compared, and judged again.</summary>
static class ReportCommands
{
    // A claim that fails more often is weakened or dropped.
    const double LeastShare = 0.95;

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
        command.SetAction(parsed => With(parsed.GetValue(folder)!, scenarios =>
        {
            var (known, differences) = ModelCheck.Of(scenarios);
            foreach (var line in differences)
                Console.WriteLine(line);
            Console.WriteLine($"{known} arms and lanes are known to the model; {differences.Count} of their numbers are not as it expects.");
            return differences.Count == 0;
        }));
        return command;
    }

    public static Command Claims()
    {
        var folder = Folder("DIR", "Folder of an earlier run of many seeds with --out");
        var seeds = LabOption.Whole("--seeds", 1, 1, 1_000, "By how many seeds each claim is judged at a time");
        var command = new Command("claims", "How often each claim of a run holds, judged by few seeds at a time; for who changes claims")
        {
            folder, seeds,
        };
        command.SetAction(parsed => With(parsed.GetValue(folder)!, scenarios =>
        {
            var least = 1.0;
            foreach (var evidence in scenarios)
            {
                var shares = ClaimShare.Of(evidence, parsed.GetValue(seeds));
                var always = shares.Count(share => share.Holds == share.Times);
                Console.WriteLine($"{evidence.Scenario}: {shares.Count} claims, of which {always} hold each time; the others:");
                foreach (var share in shares.Where(share => share.Holds < share.Times).OrderBy(share => (double)share.Holds / share.Times))
                    Console.WriteLine($"  holds {share.Holds} of {share.Times}, fails {share.Fails}: {share.Text}");
                least = shares.Select(share => 1 - (double)share.Fails / share.Times).Append(least).Min();
            }
            return least >= LeastShare;
        }));
        return command;
    }

    // Of a run that is still what scenarios are today.
    static int With(string folder, Func<IReadOnlyList<Evidence>, bool> isWell)
    {
        if (ResultJson.Read(folder, out var result) is { } unreadable)
            return Ending.Fail(ExitCode.Usage, unreadable);
        var scenarios = result!.Scenarios.Select(Evidence.Of).ToList();
        foreach (var (scenario, _) in result.Scenarios.Zip(scenarios).Where(pair => pair.Second is null))
            Console.Error.WriteLine($"{scenario.Name} is left out: it has other parameters or arms than the scenario of that name");
        return isWell([.. scenarios.OfType<Evidence>()]) ? ExitCode.Ok : ExitCode.Threshold;
    }

    static Argument<string> Folder(string name, string description) => new(name) { Description = description };
}
