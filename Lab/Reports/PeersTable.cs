using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>
/// What `tiny peers` found, as one table, with the sentences that its numbers bear out. Empty for every other run.
/// </summary>
static class PeersTable
{
    static readonly PeersColumn success = new("success, %", run => 100 * run.Measures.GetValueOrDefault(Measure.Success), MoreIsBetter: true, Least: 0.5);

    static readonly PeersColumn[] columns =
    [
        success,
        new("p50, ms", run => Latency(run, Measure.P50)),
        new("p99, ms", run => Latency(run, Measure.P99)),
        new("work per success", run => run.Measures.GetValueOrDefault(Measure.Begun) / run.Measures.GetValueOrDefault(Measure.Success)),
        new("recovery, s", run => !run.Measures.ContainsKey(Measure.AfterFaultS) ? null
            : run.Measures.TryGetValue(Measure.RecoveryS, out var seconds) ? seconds : double.PositiveInfinity, Least: 0.5),
    ];

    /// <summary>How to read it, and what is fair about it and what is not.</summary>
    public static readonly IReadOnlyList<string> Notes =
    [
        "Each cell: median over the seeds, and its range where they differ. Success, p50 and p99 (of what succeeded, from the instant at which it was due) as an open "
            + "loop of clients sees them; work is what workers of ServiceB have taken, by its ledger.",
        "Recovery: from the end of the stall until, in every second that follows, 95 % of the requests that were due succeed, however late: how late says p50. \"-\": the fault lasts "
            + "as long as the run; in hang each worker that hangs is replaced by ServiceB's own watchdog, whoever stands in front.",
        "ServiceB is set the same for all, and each has it for itself. Lanes and proxies have the same attempts, the same timeout for each, and with several nodes the "
            + "same threshold and cool-down; the standard handler is as shipped. Templates and reasons: Lab/Peers/haproxy.cfg, Lab/Peers/nginx.conf.",
        "Proxies stand directly in front of ServiceB's GET /process: what a lane does in ServiceA they do without a .NET service, and without its ledger.",
        "A proxy's retry repeats the headers. With the client's id it would meet the same fate again, so proxies take the id off, and ServiceB makes one for each attempt: "
            + "fates are independent, as the lanes' are (claimed: 1 - f^n), but not those of the same seed; and IDEMPOTENCY cannot tell a retry.",
    ];

    public static bool IsContest(ScenarioResult scenario) => scenario.Name.StartsWith(ScenarioResult.OfPeers, StringComparison.Ordinal);

    public static Table Of(RunResult result) => new(["scenario", "who", .. columns.Select(column => column.Head), "work per request"],
    [
        .. from scenario in result.Scenarios.Where(IsContest)
           from arm in scenario.Arms
           select (IReadOnlyList<Cell>)
           [
               new(NameOf(scenario)), new(arm.Name), .. columns.Select(column => new Cell(column.Text(arm.Runs))),
               new(new PeersColumn("", run => run.Measures.GetValueOrDefault(Measure.Begun)).Text(arm.Runs)),
           ],
    ]);

    /// <summary>Where a peer is better than a tuned lane: in every seed, and by so much that somebody would care.</summary>
    public static IReadOnlyList<string> Better(RunResult result) => [.. result.Scenarios.Where(IsContest).SelectMany(Better)];

    static IEnumerable<string> Better(ScenarioResult scenario)
    {
        var lanes = scenario.Arms.Where(arm => arm.Name.StartsWith(ArmResult.OfLane, StringComparison.Ordinal)).ToList();
        var found = (from peer in scenario.Arms.Except(lanes)
                     from column in columns
                     let beaten = lanes.Where(lane => IsFair(peer, lane) && column.IsBetter(peer.Runs, lane.Runs)).ToList()
                     where beaten.Count > 0
                     select $"{NameOf(scenario)}: {peer.Name} is better in {column.Head}: {column.Text(peer.Runs)}, against "
                         + $"{string.Join("; ", beaten.Select(lane => $"{lane.Name} {column.Text(lane.Runs)}"))}.").ToList();
        if (found.Count == 0)
            found.Add($"{NameOf(scenario)}: no peer is better than a tuned lane in every seed.");
        return scenario.Arms.Any(arm => arm.Runs.Count == 1) ? found.Append($"{NameOf(scenario)}: one seed; any of this may be chance.") : found;
    }

    static double Latency(LaneRun run, string percentile) => run.Measures.TryGetValue(percentile, out var ms) ? ms : double.PositiveInfinity;

    // Who answers fewer is quicker with the rest, and that is no merit.
    static bool IsFair(ArmResult peer, ArmResult lane) => !success.IsBetter(lane.Runs, peer.Runs);

    static string NameOf(ScenarioResult scenario) => scenario.Name[ScenarioResult.OfPeers.Length..];
}
