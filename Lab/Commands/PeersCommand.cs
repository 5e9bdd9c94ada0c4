using System.CommandLine;
using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Peers;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny peers`: both lanes beside .NET's standard handler, HAProxy and nginx, in one table.</summary>
static class PeersCommand
{
    const int MostSeeds = 100;
    const int MostBenches = 16;

    public const string Name = "peers";

    static readonly Argument<string[]> names = Names();
    static readonly Option<int> seeds = LabOption.Whole("--seeds", 3, 1, MostSeeds, "How often each of them runs; the table has median and range");
    static readonly Option<int> firstSeed = LabOption.Whole("--first-seed", 1, 1, int.MaxValue - MostSeeds, "The first of the seeds");

    static readonly Option<int> benches = LabOption.Whole("--benches", Math.Clamp(Environment.ProcessorCount, 1, 2), 1, MostBenches,
        "How many run at the same time, each on services of its own");

    static readonly Option<string[]> set = RunCommand.Set();
    static readonly Option<string?> output = new("--out") { Description = "Folder for the report", HelpName = "DIR" };
    static readonly Option<bool> noPng = new("--no-png") { Description = "No PNG of the slides, also where a browser could draw them" };

    public static Command Create()
    {
        var command = new Command(Name, "Both lanes, tuned, beside .NET's standard resilience handler as shipped, HAProxy and nginx (Debian packages haproxy "
            + "and nginx; what is not installed is left out): success, p99, work at ServiceB and recovery in one table. About 6 minutes, with --seeds 1 two")
        {
            names, seeds, firstSeed, benches, set, output, noPng,
        };
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed)
    {
        var found = Proxy.All.Select(proxy => (Proxy: proxy, Program: proxy.Find())).ToList();
        var problems = new List<string>();
        var all = Contests.With([.. found.Where(one => one.Program is not null).Select(one => one.Proxy)]);
        var wanted = parsed.GetValue(names) ?? [];
        problems.AddRange(wanted.Where(name => Contests.Find(all, name) is null).Select(Contests.Unknown));
        IReadOnlyList<Scenario> chosen = wanted.Length == 0 ? all : [.. wanted.Select(name => Contests.Find(all, name)).OfType<Contest>().Distinct()];
        var assignments = (parsed.GetValue(set) ?? []).Select(text => Assignment.Read(text)!).ToList();
        var configured = problems.Count > 0 ? [] : Catalogue.Configure(chosen, assignments, problems);
        if (problems.Count > 0)
            return Ending.Fail(ExitCode.Usage, problems);
        foreach (var (proxy, _) in found.Where(one => one.Program is null))
            await Console.Error.WriteLineAsync(proxy.LeftOut);
        using var signals = new StopSignals(TimeProvider.System);
        using var source = new BenchSource(null, [], TimeProvider.System, signals.AskedTwice);
        var plan = new RunPlan(configured,
            [.. Enumerable.Range(parsed.GetValue(firstSeed), parsed.GetValue(seeds)).Select(seed => (long)seed)], parsed.GetValue(benches));
        var session = new RunSession(plan, source, RunCommand.Words(parsed), parsed.GetValue(output), !parsed.GetValue(noPng), TimeProvider.System,
            all.Select(contest => contest.Name),
            string.Concat(found.Select(one => "; " + (one.Program is { } program ? Proxy.Version(program) ?? one.Proxy.Name : one.Proxy.LeftOut))));
        return await session.RunAsync(signals.Asked, signals.AskedTwice);
    }

    static Argument<string[]> Names()
    {
        var argument = RunCommand.Names(Name);
        argument.Description = "errors, hang, metastable, one-bad-node; without a name all four";
        return argument;
    }
}
