namespace TinyResilient.Lab.Stage;

/// <summary>What the stage has seen when it makes a frame, for those who draw conclusions. Null: not yet, or not any more.</summary>
/// <param name="Load">The stage's own load.</param>
/// <param name="OthersPerS">Answers to others, per second.</param>
sealed record StageLook(
    SettingsLook? Settings, GatewayLook? Gateway, PoolLook? Pool, Contact Contact, LoadSetting Load, double OthersPerS)
{
    /// <summary>How a lane is found.</summary>
    public Found Found(string lane)
    {
        if (Gateway?.State.Lanes[lane] is not { } gateway || Pool?.State.Lanes[lane] is not { } pool)
            return new();
        var corrupt = pool.Workers.Count(worker => worker is { State: "corrupt", LastFault: "corrupt" });
        return new(
            corrupt, pool.Workers.Count(worker => worker.State is "corrupt" or "hung" or "stopped") - corrupt, pool.Workers.Count, pool.QueueLength,
            gateway.Breaker switch
            {
                { State: "open", ProbeInMs: var inMs } => (inMs ?? 0) / 1_000,
                { State: "half_open" } => 0,
                _ => null,
            });
    }
}
