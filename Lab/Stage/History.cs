using System.Text.Json.Nodes;

namespace TinyResilient.Lab.Stage;

/// <summary><c>/history</c>: what a page needs that has just been opened, or that was away.</summary>
sealed record History(
    IReadOnlyList<Second> Seconds, IReadOnlyList<StageEvent> Events, IReadOnlyList<Mark> Marks, IReadOnlyList<FinishedArm> Arms);

sealed record Mark(long TMs, string Text);

/// <summary>What an act has measured in one lane of one of its arms.</summary>
/// <param name="Curve">Seconds from its start, and success in percent.</param>
/// <param name="Prediction">The same, of theory.</param>
/// <param name="Command">What to type to get it again.</param>
sealed record FinishedArm(
    string Scenario, string Arm, string Lane, string Label, IReadOnlyList<double[]> Curve, IReadOnlyList<double[]> Prediction,
    double SuccessPercent, long N, long Seed, string Command);

/// <summary><c>/setup</c>: what can be done here, and what it is called.</summary>
/// <param name="Knobs">As <c>GET /knobs</c> of ServiceA shows them, without their values; empty while it cannot be asked.</param>
/// <param name="CanSignal">Whether a service can be killed, paused and resumed from here.</param>
/// <param name="Tiny">How its command is called here.</param>
sealed record Setup(
    string Version, string? Commit, JsonObject Knobs, IReadOnlyList<FaultSetup> Faults, IReadOnlyList<ScenarioSetup> Scenarios,
    bool CanSignal, string? CannotSignalBecause, string Tiny, Urls Urls);

sealed record Urls(string ServiceA, string ServiceB);

sealed record FaultSetup(string Kind, string Meaning, IReadOnlyList<ParameterSetup> Parameters);

sealed record ParameterSetup(string Name, JsonNode? Default);

sealed record ScenarioSetup(string Name, string Id, string Question, IReadOnlyList<ArmSetup> Arms);

sealed record ArmSetup(string Name, string Settings, double Seconds);
