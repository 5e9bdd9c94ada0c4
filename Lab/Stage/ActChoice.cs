using System.Text.Json;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Stage;

/// <summary>What somebody wants to see: a scenario, and one of its arms or all.</summary>
/// <param name="Arm">Null: all, one after the other.</param>
sealed record ActChoice(Scenario Scenario, string? Arm)
{
    const int Longest = 100;

    /// <summary>Its parameters; what ends a process is left out.</summary>
    public Values Values => Values.Of(Scenario, [], []).WithoutKills();

    /// <summary>Why it cannot be an act, in one line; null: it can.</summary>
    public string? Obstacle => Scenario.NeedsOwnProcesses is { } need
            ? $"{Scenario.Name} cannot be an act: it {need}, and these services were not started for it; tiny run {Scenario.Name} can"
        : Arm is not null && Scenario.Arms(Values).All(arm => arm.Name != Arm)
            ? $"{Arm} cannot be an act: it kills a ServiceB process, and these services were not started for it; tiny run {Scenario.Name} can"
        : null;

    /// <summary>Null where something is wrong with it: then the fields say what.</summary>
    public static ActChoice? Read(JsonElement body, out FieldErrors errors)
    {
        var fields = new Fields(body, "scenario", "arm").Require("scenario");
        errors = fields.Errors;
        var (name, arm) = (fields.Text("scenario", Longest), fields.TextOrNull("arm", Longest));
        if (errors.Any || name is null)
            return null;
        if (Catalogue.Find(name) is not { } scenario)
            errors.Add("scenario", Catalogue.Unknown(name));
        else if (arm is not null && !ArmsOf(scenario).Contains(arm))
            errors.Add("arm", Unknown(arm, scenario));
        else
            return new(scenario, arm);
        return null;
    }

    public static List<string> ArmsOf(Scenario scenario) => [.. scenario.Arms(Values.Of(scenario, [], [])).Select(arm => arm.Name)];

    public static string Unknown(string arm, Scenario scenario) => $"{arm} is no arm of {scenario.Name}; "
        + (Nearest.To(arm, ArmsOf(scenario)) is { } nearest ? $"did you mean {nearest}?" : $"there are {string.Join("; ", ArmsOf(scenario))}");
}
