using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S14: the process dies. The ladder of repair, from a worker to a process.</summary>
sealed class NodeDeath() : Scenario("node-death", "S14")
{
    const string Worker = "worker restart";
    const string Breaker = "breaker cool-down";
    const string Process = "process restart";
    const string Retried = "process restart, 2 retries";
    const double CoolDownS = 1;

    public override bool Kills => true;

    public override Explanation Explanation => new(
        Fault: "a worker fails, a breaker opens, a ServiceB process is killed and started again",
        Question: "How long is each of them not there, and what is lost?",
        Theory: "lost in flight = lam x (service + detection time); a closed connection is detected at once",
        Source: "Little's law; Candea et al., Microreboot, OSDI'04",
        Watch: "seconds from the first request that fails to the last: each rung costs ten times the one below",
        NotShown: "a machine that vanishes without closing its connections: detection then takes as long as the silence limit");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("down", 0, 0, 60, "seconds from the kill until the process is started again"),
        Parameter.Number("rate", 100, 1, 1_000, "requests per second in each lane"),
        Parameter.Number("seconds", 12, 8, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var plain = new Arm(Process)
        {
            Knobs = Setting.Plain(workers: 64, workMs: 20),
            Rate = values["rate"],
            Seconds = values["seconds"],
            Kill = new(3, 0, values["down"]),
            IsUnmodelled = true,
        };
        return
        [
            plain with
            {
                Name = Worker,
                Kill = null,
                Seconds = 4,
                Faults = Setting.InEachLane("first_k", ("k", 1), ("from_s", 1)),
            },
            plain.With(Breaker, ("FAILURE_THRESHOLD", 1), ("COOL_DOWN_SECONDS", CoolDownS)) with
            {
                Kill = null,
                Seconds = 5,
                Faults = Setting.InEachLane("first_k", ("k", 1), ("from_s", 1)),
            },
            plain,
            plain.With(Retried, Setting.Retries(2)),
        ];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["retries"] = Effect.Neutral,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        var gap = 1 / evidence.Values["rate"];
        foreach (var lane in Lane.Both)
        {
            claims.Between($"{Worker}, lane {lane}: seconds out of service (one request in {gap:0.###} s)", evidence.Mean(Worker, lane, Measure.TroubleS), 0, gap, 0);
            claims.Between($"{Breaker}, lane {lane}: seconds out of service", evidence.Mean(Breaker, lane, Measure.TroubleS), CoolDownS - 0.2, CoolDownS + 0.6, CoolDownS);
            claims.Between($"{Process}, lane {lane}: seconds out of service", evidence.Mean(Process, lane, Measure.TroubleS), evidence.Values["down"], evidence.Values["down"] + 8);
            // Lane actor watches its connection and refuses while it is gone. Lane http has none to watch: each request finds out by itself.
            var most = lane == Lane.Actor ? 0.5 : evidence.Mean(Process, lane, Measure.TroubleS) + 0.5;
            claims.Between($"{Process}, lane {lane}: requests that ended failed or timed out, and were not refused",
                evidence.Arm(Process).Requests * (evidence.Mean(Process, lane, Measure.Failed) + evidence.Mean(Process, lane, Measure.TimedOut)),
                0, most * evidence.Values["rate"], lane == Lane.Actor ? Theory.NodeDeath.Lost(evidence.Values["rate"], 0.02, 0) : null);
        }
        var (worker, process) = (Math.Max(gap, evidence.Mean(Worker, Measure.TroubleS)), evidence.Mean(Process, Measure.TroubleS));
        return new(
            $"A worker is repaired before the next request, a process after {process:0.0} s",
            claims.All,
            [claims.Verdict("retries", Process, Retried, least: 0.05)],
            [Ladder(evidence, $"The ladder of repair: under {1_000 * worker:0} ms, {evidence.Mean(Breaker, Measure.TroubleS):0.0} s, {process:0.0} s")]);
    }

    // What is over before the next request is not seen by any.
    static Chart Ladder(Evidence evidence, string title) => new("repair-ladder", ChartKind.Rows, title, evidence.Caption, "out of service, ms", "",
        [.. from arm in ((string[])[Worker, Breaker, Process]).Select((name, index) => (Name: name, Index: index))
            from lane in Lane.Both
            select new Series($"{arm.Name}, {lane}", arm.Index, [Evidence.Point(0, evidence.All(arm.Name, lane, Measure.TroubleS), 1_000)],
                arm.Name == Breaker ? [new(0, 1_000 * CoolDownS)] : [], arm.Name == Breaker ? new(LawKind.Formula, "its cool-down") : null)],
        LogX: true, Least: 1_000 / evidence.Values["rate"]);
}
