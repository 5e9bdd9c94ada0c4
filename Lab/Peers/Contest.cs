using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Peers;

/// <summary>
/// Fault and load of one scenario, and who stands in front of ServiceB: each lane as its friends would tune it, .NET's standard
/// handler, each proxy. Everything that ServiceB does is set the same for all, and each has it for itself.
/// </summary>
/// <param name="original">The scenario whose first arm, or named one, gives fault and load.</param>
/// <param name="arm">Its name; null: the first.</param>
/// <param name="serviceB">Knobs of ServiceB for everybody, on top of the arm's.</param>
/// <param name="tuned">Knobs of the tuned lanes, on top of those of <see cref="Fairness.Tuned"/>.</param>
/// <param name="defaults">Parameters whose default is another than the scenario's.</param>
sealed class Contest(
    Scenario original, IReadOnlyList<Proxy> proxies, string? arm, Func<Values, (string, object)[]> serviceB,
    Func<Values, (string, object)[]> tuned, params (string Name, string Value)[] defaults) : Scenario(ScenarioResult.OfPeers + original.Name, original.Id)
{
    public const string LaneActor = ArmResult.OfLane + "actor (tuned)";
    public const string LaneHttp = ArmResult.OfLane + "http (tuned)";
    public const string Standard = ".NET standard handler";

    public override string Command => $"peers {original.Name}";

    public override string InRealTime => ""; // it knows no other

    public override int Nodes => original.Nodes;

    public override Explanation Explanation => original.Explanation;

    public override Arm? Capacity(Values values) => original.Capacity(values);

    public override IReadOnlyList<Parameter> Parameters => [.. original.Parameters.Select(parameter =>
        defaults.Where(other => other.Name == parameter.Name).Select(other => parameter with { Default = other.Value }).FirstOrDefault(parameter))];

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>();

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var all = original.Arms(values);
        var plain = (arm is null ? all[0] : all.Single(one => one.Name == arm)) with
        {
            IsEqual = false,
            IsUnmodelled = true,
        };
        var best = OfServiceB(Fairness.Arms(plain).Single(one => one.Name == Fairness.Tuned) with { Remark = "" })
            .With("", ("TOTAL_TIMEOUT_S", 10.0)).With("", tuned(values));
        best = best.With("", ("MAX_IN_FLIGHT", Nodes * ProxyConfiguration.InFlight(best)));
        return
        [
            best.With(LaneActor) with { Lanes = [Lane.Actor] },
            best.With(LaneHttp) with { Lanes = [Lane.Http] },
            OfServiceB(plain).With(Standard, ("DEADLINE_PROPAGATION", true), ("HTTP_PIPELINE", "standard")) with { Lanes = [Lane.Http] },
            .. proxies.Select(proxy => best.With(proxy.Name) with
            {
                Lanes = [Lane.Http],
                Proxy = proxy,
                Remark = $"{proxy.Template}: {string.Join(", ", ProxyConfiguration.Settings(best).Select(one => $"{one.Key} {one.Value}"))}, at most "
                    + $"{ProxyConfiguration.InFlight(best)} in flight at one ServiceB",
            }),
        ];

        Arm OfServiceB(Arm one) => one
            .With("", ("ACTOR_SUPERVISION", "restart"), ("HTTP_SUPERVISION", "fresh"), ("HANG_AFTER_MS", 0.0)).With("", serviceB(values));
    }

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        if (original is Errors)
            ClaimTheory(evidence, claims);
        var success = evidence.Arms.OrderBy(one => evidence.Mean(one.Name, Measure.Success)).ToList();
        return new($"success from {Percent(success[0])} ({success[0].Name}) to {Percent(success[^1])} ({success[^1].Name})", claims.All, [],
            [Charts.Rows(evidence, Name, $"{original.Name}: {Percent(success[^1])} with {success[^1].Name}, {Percent(success[0])} with {success[0].Name}",
                Measure.Success, "success, %")]);

        string Percent(Arm one) => $"{100 * evidence.Mean(one.Name, Measure.Success):0.0} %";
    }

    // Whoever makes n attempts whose fates are independent succeeds like this, and costs like this. A proxy that met the same
    // fate again at each attempt would not.
    static void ClaimTheory(Evidence evidence, ClaimList claims)
    {
        var f = evidence.Values["f"];
        foreach (var arm in evidence.Arms.Where(arm => arm.Name != Standard))
        {
            var attempts = 1 + Convert.ToInt32(arm.Knobs["MAX_RETRIES"]);
            var lane = arm.Lanes[0];
            claims.Share(arm.Name, lane, Measure.Success, Theory.Errors.Success(f, attempts), "success, 1 - f^n", rival: 1 - f);
            claims.MeanOf(arm.Name, lane, Measure.Begun, Theory.Errors.AttemptsPerRequest(f, attempts), Theory.Errors.AttemptsDeviation(f, attempts),
                "work at ServiceB per request, (1 - f^n)/(1 - f)");
        }
    }
}
