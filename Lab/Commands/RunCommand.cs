using System.CommandLine;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Results;
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

    static readonly Option<bool> both = new("--both") { Description = "First in virtual time, then in real time on own processes, and what differs" };

    public static Command Create()
    {
        var command = options.Command("Run scenarios and compare them with theory", quick);
        command.Add(virtualTime);
        command.Add(real);
        command.Add(attach);
        command.Add(both);
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
        problems.AddRange(Contradictions(parsed));
        var folder = Folder(parsed, configured);
        Clock[] clocks = parsed.GetValue(both) ? [Clock.Virtual, Clock.Real] : [IsReal(parsed) ? Clock.Real : Clock.Virtual];
        foreach (var clock in problems.Count == 0 ? clocks : [])
            if (options.Obstacle(parsed, FolderOf(clock), Cure(folder, FolderOfContainer)) is { } obstacle)
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
        var (codes, results) = (new List<int>(), new List<RunResult>());
        foreach (var clock in clocks)
        {
            var plan = new RunPlan(configured, options.Seeds(parsed), source.IsAttached ? 1 : options.Benches(parsed), IsExact: clock == Clock.Virtual);
            IBenches benches = plan.IsExact ? new VirtualBenches(plan.Benches)
                : new Benches(source.OpenAsync, source.Words, TimeProvider.System, RunSession.Say);
            var session = new RunSession(plan, benches, RunOptions.Words(parsed), FolderOf(clock), options.WithPictures(parsed), TimeProvider.System,
                Expected(parsed, scenarios));
            codes.Add(await session.RunAsync(signals.Asked, signals.AskedTwice));
            if (session.Result is not { Interrupted: false } result)
                return codes[^1];
            results.Add(result);
        }
        if (results is [var virtually, var really])
            Console.Out.Write(RunDifference.Text(virtually, really));
        if (results.Count > 1 && folder is not null && Unwritten(Path.Combine(folder, ClockAgreement.FileName), ClockAgreement.Of(results[0], results[1])) is { } unwritten)
            return Ending.Fail(ExitCode.Failed, unwritten);
        return codes.FirstOrDefault(code => code != ExitCode.Ok);

        string? FolderOf(Clock clock) => folder is null || clocks.Length == 1 ? folder : Path.Combine(folder, $"{clock}".ToLowerInvariant());
    }

    static IEnumerable<string> Contradictions(ParseResult parsed)
    {
        var real = parsed.GetValue(attach) ? attach.Name : RunCommand.real.Name;
        if (parsed.GetValue(virtualTime) && IsReal(parsed))
            yield return $"{virtualTime.Name} has a clock and services of its own: leave one of the two out, it or {real}";
        if (parsed.GetValue(both) && (parsed.GetValue(virtualTime) || IsReal(parsed)))
            yield return $"{both.Name} runs in virtual time and on processes of its own: leave one of the two out, it or {(parsed.GetValue(virtualTime) ? virtualTime.Name : real)}";
    }

    static string? Unwritten(string file, string text)
    {
        try
        {
            File.WriteAllText(file, text);
            RunSession.Say($"all arms side by side: {file}");
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{file} cannot be written: {e.Message}";
        }
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
