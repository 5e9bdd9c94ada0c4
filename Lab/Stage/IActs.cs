namespace TinyResilient.Lab.Stage;

/// <param name="Arm">Null between two arms.</param>
/// <param name="Index">Of the arm, from 1.</param>
/// <param name="Waiting">Why nothing is measured at the moment.</param>
sealed record ActNow(string Scenario, string? Arm, int Index, int Of, double ElapsedS, double Seconds, string? Waiting);

/// <summary>What theory expects to be seen from now on.</summary>
/// <param name="Label">Where it comes from.</param>
/// <param name="Actor">Success in percent, one for each step; null: nothing is predicted for this lane.</param>
sealed record Prediction(string Label, long FromMs, double StepS, IReadOnlyList<double>? Actor, IReadOnlyList<double>? Http)
{
    public IReadOnlyList<double>? Of(string lane) => lane == Scenarios.Lane.Actor ? Actor : Http;
}

/// <summary>What acts and predictions add to a frame.</summary>
sealed record ActPart(ActNow? Act = null, Prediction? Prediction = null, string? PredictionAbsent = null)
{
    public IReadOnlyList<FinishedArm> Arms { get; init; } = [];
}

/// <summary>Acts on the stage: scenarios that are run while the room looks on, and what is predicted.</summary>
interface IActs
{
    /// <summary>Asked with every frame; answers at once.</summary>
    ActPart Now { get; }

    /// <summary>Told with every frame what was seen; keeps nobody waiting.</summary>
    void Look(StageLook look);

    /// <summary>Ends the act that runs, if any; returns when it has let go of load and knobs.</summary>
    Task StopAsync();
}

/// <summary>A stage without acts.</summary>
sealed class NoActs : IActs
{
    public ActPart Now { get; } = new();

    public void Look(StageLook look)
    {
    }

    public Task StopAsync() => Task.CompletedTask;
}
