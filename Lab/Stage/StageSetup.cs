using System.Text.Json.Nodes;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Stage;

/// <summary>Collects what <c>/setup</c> tells.</summary>
static class StageSetup
{
    const string Lasts = "for_s";

    static readonly IReadOnlyList<FaultSetup> faults = [.. FaultPreset.All.Values.Select(fault => new FaultSetup(
        fault.Kind, fault.Meaning, [.. fault.Parameters.Select(one => new ParameterSetup(one.Key, one.Value?.DeepClone())), .. Missing(fault)]))];

    static readonly IReadOnlyList<ScenarioSetup> scenarios = [.. Catalogue.All.Select(scenario => new ScenarioSetup(
        scenario.Name, scenario.Id, scenario.Explanation.Question,
        [.. scenario.Arms(Values.Of(scenario, [], [])).Select(arm => new ArmSetup(arm.Name, arm.Settings, arm.Seconds))]))];

    /// <param name="knobs">As ServiceA describes them.</param>
    public static Setup Of(JsonObject knobs, StageProcesses processes, StagePlace place)
    {
        var because = processes.CannotSignal;
        return new(LabVersion.Number, LabVersion.Commit, knobs, faults, scenarios, because is null, because, place.Tiny, place.Shown);
    }

    // Every fault may be told how long it lasts.
    static IEnumerable<ParameterSetup> Missing(FaultPreset fault) =>
        fault.Parameters.ContainsKey(Lasts) ? [] : [new(Lasts, null)];
}
