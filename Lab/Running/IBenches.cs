using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Running;

/// <summary>The benches of a run, on which arms are run, one at a time on each.</summary>
/// <exception cref="RunFailedException">From every method: a service does not start, has died, or does not answer.</exception>
interface IBenches
{
    /// <summary>What runs the services; in the report.</summary>
    string Words { get; }

    /// <summary>How long a run will take on them, in seconds, about.</summary>
    double EstimateS(RunPlan plan);

    /// <summary>Makes them ready for the arms of a scenario.</summary>
    /// <returns>How many there are.</returns>
    Task<int> OpenAsync(RunPlan plan, Scenario scenario, Values values, CancellationToken stop);

    /// <summary>Completed requests per second of each lane when both always have more work than they can do; empty where the
    /// scenario does not ask.</summary>
    Task<IReadOnlyDictionary<string, double>> CapacityAsync(Scenario scenario, Values values, CancellationToken stop);

    /// <param name="bench">From 0.</param>
    Task<IReadOnlyList<LaneRun>> RunAsync(int bench, Scenario scenario, Values values, Arm arm, long seed, CancellationToken stop);

    /// <summary>Ends what was started, and leaves what was not as it was found.</summary>
    Task LeaveAsync();
}
