using System.CommandLine;
using TinyResilient.Lab.Peers;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny peers`: both lanes beside .NET's standard handler, HAProxy and nginx, in one table.</summary>
static class PeersCommand
{
    public const string Name = "peers";

    static readonly RunOptions options = new(Name, "errors, hang, metastable, one-bad-node; without a name all four",
        (3, "How often each of them runs; the table has median and range"), (2, "How many run at the same time, each on services of its own"));

    public static Command Create()
    {
        var command = options.Command("Both lanes, tuned, beside .NET's standard resilience handler as shipped, HAProxy and nginx (Debian packages haproxy "
            + "and nginx; what is not installed is left out): success, p99, work at ServiceB and recovery in one table. About 6 minutes, with --seeds 1 two");
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed)
    {
        var found = Proxy.All.Select(proxy => (Proxy: proxy, Program: proxy.Find())).ToList();
        var problems = new List<string>();
        var all = Contests.With([.. found.Where(one => one.Program is not null).Select(one => one.Proxy)]);
        var wanted = options.Names(parsed);
        problems.AddRange(wanted.Where(name => Contests.Find(all, name) is null).Select(Contests.Unknown));
        IReadOnlyList<Scenario> chosen = wanted.Count == 0 ? all : [.. wanted.Select(name => Contests.Find(all, name)).OfType<Contest>().Distinct()];
        var configured = problems.Count > 0 ? [] : Catalogue.Configure(chosen, options.Parameters(parsed), problems);
        if (problems.Count == 0 && options.Obstacle(parsed, options.Folder(parsed)) is { } obstacle)
            problems.Add(obstacle);
        if (problems.Count > 0)
            return Ending.Fail(ExitCode.Usage, problems);
        foreach (var (proxy, _) in found.Where(one => one.Program is null))
            await Console.Error.WriteLineAsync(proxy.LeftOut);
        using var signals = new StopSignals(TimeProvider.System);
        using var source = new BenchSource(null, [], TimeProvider.System, signals.AskedTwice);
        var plan = new RunPlan(configured, options.Seeds(parsed), options.Benches(parsed));
        var benches = new Benches(source.OpenAsync, source.Words, TimeProvider.System, RunSession.Say);
        var session = new RunSession(plan, benches, RunOptions.Words(parsed), options.Folder(parsed), options.WithPictures(parsed), TimeProvider.System,
            chosen.Select(contest => contest.Name),
            string.Concat(found.Select(one => "; " + (one.Program is { } program ? Proxy.Version(program) ?? one.Proxy.Name : one.Proxy.LeftOut))));
        return await session.RunAsync(signals.Asked, signals.AskedTwice);
    }
}
