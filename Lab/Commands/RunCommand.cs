using System.CommandLine;
using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny run`: scenarios on services of their own, judged against theory.</summary>
static class RunCommand
{
    const int MostSeeds = 100;
    const int MostBenches = 16;

    public const string Name = "run";

    static readonly Argument<string[]> names = Names(Name);
    static readonly Option<int> seeds = LabOption.Whole("--seeds", 1, 1, MostSeeds, "How often each arm runs, each time with another seed");
    static readonly Option<int> firstSeed = LabOption.Whole("--first-seed", 1, 1, int.MaxValue - MostSeeds, "The first of the seeds");

    static readonly Option<int> benches = LabOption.Whole("--benches", Math.Clamp(Environment.ProcessorCount, 1, 4), 1, MostBenches,
        "Arms that run at the same time, each on services of its own");

    static readonly Option<string[]> set = Set();
    static readonly Option<bool> quick = new("--quick") { Description = "A few scenarios in under 5 minutes; says what it leaves out" };
    static readonly Option<string?> output = new("--out") { Description = "Folder for the report", HelpName = "DIR" };
    static readonly Option<bool> attach = new("--attach") { Description = "On the running services of --port-base instead of fresh ones" };

    static readonly Option<bool> noPng = new("--no-png") { Description = "No PNG of the slides, also where a browser could draw them" };

    public static Command Create()
    {
        var command = new Command(Name, "Run scenarios and compare them with theory") { names, seeds, firstSeed, benches, set, quick, output, noPng, attach };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed)
    {
        var problems = new List<string>();
        var scenarios = Chosen(parsed, problems);
        var assignments = (parsed.GetValue(set) ?? []).Select(text => Assignment.Read(text)!).ToList();
        var configured = problems.Count > 0 ? [] : Catalogue.Configure(scenarios, assignments, problems);
        if (RunningServices.BadAddress() is { } bad)
            problems.Add(bad);
        if (problems.Count > 0)
            return Ending.Fail(ExitCode.Usage, problems);
        using var signals = new StopSignals(TimeProvider.System);
        using var source = Source(parsed, signals.AskedTwice);
        if (source.IsAttached)
            configured = [.. configured.Where(one => MayRunAttached(one.Item1)).Select(one => (one.Item1, OfBorrowed(one.Item1, one.Item2)))];
        if (configured.Count == 0)
            return ExitCode.Usage;
        var plan = new RunPlan(configured,
            [.. Enumerable.Range(parsed.GetValue(firstSeed), parsed.GetValue(seeds)).Select(seed => (long)seed)],
            source.IsAttached ? 1 : parsed.GetValue(benches));
        var session = new RunSession(plan, source, Words(parsed), Folder(parsed, configured), !parsed.GetValue(noPng), TimeProvider.System,
            Catalogue.All.Select(scenario => scenario.Name));
        return await session.RunAsync(signals.Asked, signals.AskedTwice);
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
        parsed.GetValue(output) ?? (Environment.GetEnvironmentVariable("TINY_REPORTS") is { Length: > 0 } reports
            ? Path.Combine(reports, configured.Count == 1 ? configured[0].Scenario.Name : "run") : null);

    static BenchSource Source(ParseResult parsed, CancellationToken now) => parsed.GetValue(attach) || RunningServices.AreNamed
        ? RunningServices.Of(parsed) : new(null, [], TimeProvider.System, now);

    static IReadOnlyList<Scenario> Chosen(ParseResult parsed, List<string> problems)
    {
        var wanted = parsed.GetValue(names) ?? [];
        if (parsed.GetValue(quick))
            return wanted.Length == 0 ? [.. Catalogue.All.Where(scenario => scenario.IsQuick)] : Wrong("--quick chooses the scenarios itself: leave out their names");
        if (wanted.Contains("all"))
            return Catalogue.All;
        if (wanted.Length == 0)
            return Wrong("run what? a scenario by name or id, all, or --quick; tiny list shows them");
        foreach (var name in wanted.Where(name => Catalogue.Find(name) is null))
            problems.Add(Catalogue.Unknown(name));
        return [.. wanted.Select(Catalogue.Find).OfType<Scenario>().Distinct()];

        IReadOnlyList<Scenario> Wrong(string line)
        {
            problems.Add(line);
            return [];
        }
    }

    internal static Argument<string[]> Names(string command)
    {
        var argument = new Argument<string[]>("NAME")
        {
            Description = "Scenarios by name or id, or all; tiny list shows them",
            Arity = ArgumentArity.ZeroOrMore,
        };
        // It takes all words that follow, options that do not exist included.
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
                result.AddError($"{token.Value} is no option of {command}; tiny {command} --help shows them");
        });
        return argument;
    }

    internal static Option<string[]> Set()
    {
        var option = new Option<string[]>("--set")
        {
            Description = "A parameter of a scenario, e.g. --set rate=200; theory is computed for it. tiny explain NAME shows them",
            HelpName = "name=value",
        };
        option.Validators.Add(result => Assignments.Check(result.Tokens, "--set ", "rate=200", result.AddError));
        return option;
    }

    // What to type to get it again.
    internal static string Words(ParseResult parsed) => string.Join(' ', parsed.Tokens.Select(token => token.Value).Prepend("./tiny"));
}
