using TinyResilient.Lab.Knobs;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Scenarios;

/// <summary>All scenarios, in the order of their ids.</summary>
static class Catalogue
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new Errors(), new BreakerTrap(), new Burst(), new SlowTail(), new Hang(), new Crash(), new Corrupt(), new QueryOfDeath(), new Metastable(),
        new Saturation(), new Stampede(), new OneBadNode(), new AckLost(), new NodeDeath(), new RetryCascade(), new NeedsRest(), new CrashLoop(),
    ];

    /// <summary>By name, id or alias, in any case; null when there is none.</summary>
    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => Names(scenario).Contains(name, StringComparer.OrdinalIgnoreCase));

    /// <summary>One line for a name that is none.</summary>
    public static string Unknown(string name) => $"{name} is no scenario; "
        + (Nearest.To(name, All.SelectMany(Names)) is { } nearest ? $"did you mean {nearest}?" : $"there are {string.Join(", ", All.Select(scenario => scenario.Name))}");

    public static IEnumerable<string> Names(Scenario scenario) =>
        scenario.Alias is { } alias ? [scenario.Name, scenario.Id, alias] : [scenario.Name, scenario.Id];

    /// <summary>The parameters of each scenario with what was set.</summary>
    /// <param name="problems">Gets one line for each value, and for each name that no scenario has.</param>
    public static IReadOnlyList<(Scenario, Values)> Configure(
        IReadOnlyList<Scenario> scenarios, IReadOnlyList<Assignment> set, ICollection<string> problems)
    {
        var known = scenarios.SelectMany(scenario => scenario.Parameters).Select(parameter => parameter.Name).ToHashSet();
        foreach (var (name, _) in set.Where(one => !known.Contains(one.Name)))
            problems.Add($"{name} is no parameter of {string.Join(", ", scenarios.Select(scenario => scenario.Name))}"
                + (Nearest.To(name, known) is { } nearest ? $"; did you mean {nearest}?" : $"; there are {string.Join(", ", known.Order())}"));
        return [.. scenarios.Select(scenario => (scenario, Values.Of(scenario, set, problems)))];
    }
}
