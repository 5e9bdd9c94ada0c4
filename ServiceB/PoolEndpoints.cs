using System.Net;
using System.Text.Json.Nodes;
using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB;

/// <summary><c>/health</c> of ServiceB.</summary>
public sealed record PoolHealth(HealthStatus Status, string Host) : Health(Status);

/// <summary>One pool in <c>/state</c>.</summary>
public sealed record LaneState(int QueueLength, int QueueLimit, IReadOnlyList<WorkerSnapshot> Workers);

/// <summary>What ServiceB shows of its pools: <c>/state</c>. Faults are those that are active now, as in <c>/faults</c>.</summary>
/// <param name="LongestPauseMs">How long the process has stood still at the most since the last reset.</param>
/// <param name="MeanLatenessMs">How late its timer has come on average since then.</param>
/// <param name="StoodStill">The newest times that it stood still for half a second or longer, since its start.</param>
public sealed record PoolState(
    string Service, string Host, int Pid, double LongestPauseMs, double MeanLatenessMs,
    IReadOnlyList<StandStill> StoodStill, IReadOnlyDictionary<string, LaneState> Lanes, JsonArray Faults);

/// <summary>One lane of the ledger of ServiceB.</summary>
public sealed record LaneLedger(WorkLedger Attempts, Effects Effects);

/// <summary>Probes, state, ledger and reset of ServiceB.</summary>
public static class PoolEndpoints
{
    public static void MapPools(this WebApplication app, KnobStore knobs)
    {
        var pools = app.Services.GetRequiredService<Pools>();
        var membership = app.Services.GetRequiredService<Membership>();
        var faults = app.Services.GetRequiredService<FaultBoard>();
        var pauses = app.Services.GetRequiredService<PauseMeter>();
        var host = Dns.GetHostName();
        app.MapLiveness();
        app.MapReadiness(() => membership.Readiness);
        app.MapHealth(() => new PoolHealth(HealthStatus.Healthy, host));
        app.MapState(async () => new PoolState(Names.ServiceB, host, Environment.ProcessId,
            Math.Round(pauses.Longest.TotalMilliseconds), Math.Round(pauses.MeanLateness.TotalMilliseconds, 1),
            pauses.StoodStill, (await pools.Look()).ToDictionary(
                lane => lane.Key, lane => new LaneState(lane.Value.QueueLength, lane.Value.QueueLimit, lane.Value.Workers)),
            FaultEndpoints.Shown(faults, activeOnly: true)));
        app.MapGet("/ledger", async () => Results.Json(new
        {
            Lanes = (await pools.Look()).ToDictionary(
                lane => lane.Key, lane => new LaneLedger(lane.Value.Ledger, lane.Value.Effects)),
        }));
        app.MapPost("/reset", () =>
        {
            knobs.Reset();
            faults.Put([]);
            pools.Tell(Reset.Now);
            pauses.Reset();
            return Results.NoContent();
        });
        pauses.WentOn += still => app.Logger.LogWarning("service-b {StoodStill}", still.Words);
        faults.Changed += () => pools.Tell(FaultsChanged.Now);
        knobs.Changed += (_, now) => pools.Tell(WorkKnobs.From(now));
    }
}
