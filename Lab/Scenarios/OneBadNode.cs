using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S12: one of five nodes fails two fifths of its work.</summary>
sealed class OneBadNode() : Scenario("one-bad-node", "S12")
{
    const string None = "round robin";
    const string Retried = "1 retry, on another node";
    const string PerNode = "breaker per node";
    const string Shared = "one breaker over all nodes";

    public override int Nodes => 5;
    public override bool RunsAlone => true;

    public override Explanation Explanation => new(
        Fault: "one ServiceB of five fails a share of its work",
        Question: "Who keeps the bad node from the users?",
        Theory: "round robin 1 - f/5; a retry on another node succeeds always; a breaker over all nodes never sees two failures in a row, as nodes take turns "
            + "and answer in order (at random nodes N = 2 trips after 169 attempts); a breaker per node loses (E f + f/(1 - f)) requests a cycle",
        Source: "Linkerd failure accrual, 2017 (success 95, 97, 99 % for none, 5 consecutive, success rate)",
        Watch: "/state of ServiceA: one breaker for each node",
        NotShown: "outlier ejection by rates over a window, which needs fewer failures in a row");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("f", 0.4, 0, 1, "share that the bad node fails"),
        Parameter.Whole("threshold", 2, 1, 100, "failures in a row that open a breaker"),
        Parameter.Number("cool_down", 5, 0.5, 600, "seconds for which it refuses"),
        Parameter.Number("rate", 100, 1, 1_000, "requests per second in each lane"),
        Parameter.Number("seconds", 12, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var none = new Arm(None)
        {
            Knobs = Setting.Plain(workers: 32, workMs: 5),
            NodeFaults = new Dictionary<int, IReadOnlyList<System.Text.Json.Nodes.JsonObject>>
            {
                [0] = [Setting.Fault("error", ("probability", values["f"]))],
            },
            Nodes = Nodes,
            Rate = values["rate"],
            Seconds = values["seconds"],
        };
        var perNode = none.With(PerNode, ("FAILURE_THRESHOLD", values.Whole("threshold")), ("COOL_DOWN_SECONDS", values["cool_down"]));
        return [none, none.With(Retried, Setting.Retries(1)), perNode, perNode.With(Shared, ("BREAKER_SCOPE", "service"))];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["retries"] = Effect.Helps,
        ["breaker"] = Effect.Helps,
        ["breaker over all nodes"] = Effect.Neutral,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        var f = evidence.Values["f"];
        foreach (var lane in Lane.Both)
        {
            claims.Share(None, lane, Measure.Success, 1 - f / Nodes, "success");
            claims.Share(Retried, lane, Measure.Success, 1, "success", rival: f > 0 ? 1 - f / Nodes : null);
            claims.Model(PerNode, lane, Measure.Success, "success (percent)", slack: 0.01);
            claims.Model(Shared, lane, Measure.Success, "success (percent)", slack: 0.01);
        }
        var (none, retried, shared) = (At(None), At(Retried), At(Shared));
        return new(
            $"One bad node of five: {none:0.0} %; a retry on another node {retried:0.0} %, a breaker per node {At(PerNode):0.0} %, one over all {shared:0.0} %",
            claims.All,
            [
                claims.Verdict("retries", None, Retried),
                claims.Verdict("breaker", None, PerNode),
                claims.Verdict("breaker over all nodes", None, Shared),
            ],
            [Charts.Rows(evidence, "one-bad-node", $"A retry on another node: {retried:0.0} %; a breaker over all nodes: {shared:0.0} %", Measure.Success, "success, %", predicted: arm => arm.Name switch
            {
                None => Prediction.Formula(Theory.OneBadNode.Success(Nodes, f), "1 - f/5"),
                Retried => Prediction.Formula(Theory.OneBadNode.RetryOtherNode(Nodes, f, 1), "no other node fails"),
                _ => null,
            })]);

        double At(string arm) => 100 * evidence.Mean(arm, Measure.Success);
    }
}
