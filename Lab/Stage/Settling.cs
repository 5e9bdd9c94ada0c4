using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// Empties the pools before an arm: a reset refuses what waits, and what workers have begun is waited for, as the arm would
/// find them busy.
/// </summary>
sealed class Settling(Controls controls, TimeProvider time)
{
    static readonly TimeSpan look = TimeSpan.FromMilliseconds(100);

    // Work that takes longer would be no fault of whoever asked for the arm.
    static readonly TimeSpan limit = TimeSpan.FromSeconds(10);

    public async Task WaitAsync(CancellationToken stop)
    {
        await controls.ResetAsync(stop);
        var began = time.GetTimestamp();
        while (await AreBusyAsync(stop) && time.GetElapsedTime(began) < limit)
            await Task.Delay(look, time, stop);
    }

    async Task<bool> AreBusyAsync(CancellationToken stop)
    {
        var states = await controls.StatesAsync(stop);
        return Lane.Both.SelectMany(states.WorkersOf).Any(worker => $"{worker?["state"]}" == "busy");
    }
}
