using System.CommandLine;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Virtual;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny run`: scenarios in virtual time, or on real services, judged against theory.</summary>
static class RunCommand
{
    public const string Name = "run";

    /// <summary>Where reports go for which nobody names a folder.</summary>
    public const string Reports = "TINY_REPORTS";

    static readonly RunOptions options = new(Name, "Scenarios by name or id, or all; tiny list shows them",
        (1, "How often each arm runs, each time with another seed"), (4, "Arms that run at the same time, each on services of its own; with --real, where milliseconds decide, a scenario runs one"));

    static readonly Option<bool> quick = new("--quick") { Description = "A few scenarios, with --real in under 5 minutes; says what it leaves out" };
    static readonly Option<bool> virtualTime = new("--virtual")
    {
        Description = "In virtual time: the services' own code on a clock that jumps, the same numbers each time. So it is without --real",
    };

    static readonly Option<bool> real = new("--real") { Description = "In real time: processes of its own; where TINY_URL_A names running services, those" };
    static readonly Option<bool> attach = new("--attach") { Description = "In real time, on the running services of --port-base instead of fresh ones" };

    public static Command Create()
    {
        var command = options.Command("Run scenarios and compare them with theory", quick);
        command.Add(virtualTime);
        command.Add(real);
        command.Add(attach);
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed)
    {
        var problems = new List<string>();
        var scenarios = Chosen(parsed, problems);
        var configured = problems.Count > 0 ? [] : Catalogue.Configure(scenarios, options.Parameters(parsed), problems);
        if (RunningServices.BadAddress() is { } bad)
            problems.Add(bad);
        if (parsed.GetValue(virtualTime) && IsReal(parsed))
            problems.Add($"{virtualTime.Name} has a clock and services of its own: leave out it or {(parsed.GetValue(attach) ? attach : real).Name}");
        var folder = Folder(parsed, configured);
        if (problems.Count == 0 && options.Obstacle(parsed, folder, Cure(folder, FolderOfContainer)) is { } obstacle)
            problems.Add(obstacle);
        if (problems.Count > 0)
            return Ending.Fail(ExitCode.Usage, problems);
        using var signals = new StopSignals(TimeProvider.System);
        using var source = Source(parsed, signals.AskedTwice);
        if (source.IsAttached && await AbsenceAsync(source, signals.Asked) is var (code, absence))
            return Ending.Fail(code, absence);
        if (source.IsAttached)
            configured = [.. configured.Where(one => MayRunAttached(one.Item1)).Select(one => (one.Item1, OfBorrowed(one.Item1, one.Item2)))];
        if (configured.Count == 0)
            return ExitCode.Usage;
        var plan = new RunPlan(configured, options.Seeds(parsed), source.IsAttached ? 1 : options.Benches(parsed), IsExact: !IsReal(parsed));
        IBenches benches = plan.IsExact ? new VirtualBenches(plan.Benches)
            : new Benches(source.OpenAsync, source.Words, TimeProvider.System, RunSession.Say);
        var session = new RunSession(plan, benches, RunOptions.Words(parsed), folder, options.WithPictures(parsed), TimeProvider.System,
            Expected(parsed, scenarios));
        return await session.RunAsync(signals.Asked, signals.AskedTwice);
    }

    /// <summary>Names of what a result is expected of: what was asked for, of all with all and --quick, which say what they leave out.</summary>
    internal static IEnumerable<string> Expected(ParseResult parsed, IReadOnlyList<Scenario> chosen) =>
        (parsed.GetValue(quick) ? Catalogue.All : chosen).Select(scenario => scenario.Name);

    // Before anything is said of a run that cannot be.
    static async Task<(int Code, string Line)?> AbsenceAsync(BenchSource source, CancellationToken stop)
    {
        try
        {
            await using var bench = await source.OpenAsync(nodes: 1, stop);
            return null;
        }
        catch (RunFailedException failure)
        {
            return (ExitCode.Failed, failure.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (ExitCode.Interrupted, "stopped before it began");
        }
    }

    static bool MayRunAttached(Scenario scenario)
    {
        if (scenario.NeedsOwnProcesses is not { } need)
            return true;
        Console.Error.WriteLine($"{scenario.Name} is left out: it {need}, and these services were not started from here");
        return false;
    }

    static Values OfBorrowed(Scenario scenario, Values values)
    {
        var without = values.WithoutKills();
        foreach (var arm in scenario.Arms(values).Select(arm => arm.Name).Except(scenario.Arms(without).Select(arm => arm.Name)))
            Console.Error.WriteLine($"{scenario.Name} runs without its arm {arm}: it kills a ServiceB process, and these services were not started from here");
        return without;
    }

    // A container says where its reports go; each run has a folder of its own in there.
    static string? Folder(ParseResult parsed, IReadOnlyList<(Scenario Scenario, Values)> configured) =>
        options.Folder(parsed)
        ?? (FolderOfContainer is { } reports ? Path.Combine(reports, configured.Count == 1 ? configured[0].Scenario.Name : "run") : null);

    // In a container nothing but the folder of reports can be written to, and that only by whom it belongs to.
    internal static string Cure(string? folder, string? reports) =>
        reports is null ? ""
        : folder?.StartsWith(reports, StringComparison.Ordinal) == true
            ? "; ./reports must belong to user 1000, or to the one that LAB_USER=$(id -u):$(id -g) names"
        : $"; reports go to {reports} here, as without --out";

    static string? FolderOfContainer => Environment.GetEnvironmentVariable(Reports) is { Length: > 0 } reports ? reports : null;

    static bool IsReal(ParseResult parsed) => parsed.GetValue(real) || parsed.GetValue(attach);

    static BenchSource Source(ParseResult parsed, CancellationToken now) => parsed.GetValue(attach) || (parsed.GetValue(real) && RunningServices.AreNamed)
        ? RunningServices.Of(parsed) : new(null, [], TimeProvider.System, now);

    internal static IReadOnlyList<Scenario> Chosen(ParseResult parsed, List<string> problems)
    {
        var wanted = options.Names(parsed);
        if (parsed.GetValue(quick))
            return wanted.Count == 0 ? [.. Catalogue.All.Where(scenario => scenario.IsQuick)] : Wrong("--quick chooses the scenarios itself: leave out their names");
        if (wanted.Contains("all"))
            return Catalogue.All;
        if (wanted.Count == 0)
            return Wrong("run what? a scenario by name or id, all, or --quick; tiny list shows them");
        foreach (var name in wanted.Where(name => Catalogue.Find(name) is null))
            problems.Add(CatalogueCommands.Unknown(name));
        return [.. wanted.Select(Catalogue.Find).OfType<Scenario>().Distinct()];

        IReadOnlyList<Scenario> Wrong(string line)
        {
            problems.Add(line);
            return [];
        }
    }
}
