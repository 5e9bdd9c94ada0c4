using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Stage;

/// <summary>Runs what is asked in one lane, as <see cref="StageLoad.RunAsync"/> does.</summary>
delegate Task<LoadResult> ActLoad(string lane, LoadOptions options, CancellationToken stop);

/// <summary>What acts do to a running lab.</summary>
/// <param name="Bench">The running services.</param>
/// <param name="Url">The address of a lane.</param>
/// <param name="Show">Takes what an act sends; null: nothing any more.</param>
/// <param name="Tiny">How the command is called here.</param>
sealed record ActTools(Bench Bench, ActLoad Load, Func<string, Uri> Url, Action<LoadSetting?> Show, EventLog Events, string Tiny);

/// <summary>
/// One act from its first arm to its last: set up, predicted, measured, and put on the shelf. An arm that was stopped leaves
/// nothing there.
/// </summary>
sealed class ActRun(ActChoice choice, ActTools tools, Predictor predictor, ArmShelf shelf, TimeProvider time)
{
    /// <summary>The same request ids and fates for every arm, and for whoever runs it again.</summary>
    const long Seed = 1;

    static readonly TimeSpan predictionLimit = TimeSpan.FromSeconds(2);
    static readonly TimeSpan latest = TimeSpan.FromMilliseconds(100);

    readonly Scenario _scenario = choice.Scenario;
    volatile ActNow? _now;
    volatile ArmNow? _arm;

    public ActNow? Now => _now is { } now && _arm is { } arm
        ? now with { ElapsedS = Math.Round(Math.Min(arm.Arm.Seconds, time.GetElapsedTime(arm.Began).TotalSeconds), 1) } : _now;

    /// <summary>What the arm that is measured now sends, and under what; null: none is measured.</summary>
    public (SetLoad Load, HandWatch Hand)? Measured => _arm is { } arm ? (arm.Load, arm.Hand) : null;

    /// <exception cref="RunFailedException">A service refuses, or does not answer.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var values = await CapacityAsync(choice.Values, stop);
        var arms = _scenario.Arms(values).Where(arm => choice.Arm is null || arm.Name == choice.Arm).ToList();
        foreach (var (arm, index) in arms.Select((arm, index) => (arm, index + 1)))
            await RunAsync(arm, index, arms.Count, stop);
    }

    async Task RunAsync(Arm arm, int index, int of, CancellationToken stop)
    {
        void Wait(string? forWhat) => _now = new(_scenario.Name, arm.Name, index, of, 0, arm.Seconds, forWhat);
        shelf.MakeRoom(_scenario.Name, arm.Name, arm.Lanes.Count);
        predictor.Clear("the act is being set up");
        Wait("resetting");
        await new Settling(tools.Bench.Controls, time).WaitAsync(stop);
        await tools.Bench.Controls.PrepareAsync(arm, Seed, stop);
        var load = new SetLoad(arm.Rate, arm.Lanes, arm.Arrivals, arm.CapacityPerS, arm.ClientRetries);
        var set = await tools.Bench.Controls.SetNowAsync(stop);
        Wait("predicting");
        await Task.WhenAny(
            predictor.Consider(new(set.Knobs, set.Faults, load), _ => new()) ?? Task.CompletedTask, Task.Delay(predictionLimit, time, stop));
        stop.ThrowIfCancellationRequested();

        tools.Events.Add(EventKind.Act, null, $"{_scenario.Name}: {arm.Name}, {arm.Seconds:0.#} s");
        tools.Show(new(true, arm.Rate, arm.Lanes));
        predictor.Rebase();
        Wait(null);
        var hand = new HandWatch(new SetNow(set.Knobs, set.Faults, load).Words);
        _arm = new(arm, load, hand, time.GetTimestamp());
        try
        {
            var results = await Task.WhenAll(arm.Lanes.Select(async lane => (Lane: lane, Result: await tools.Load(lane, Options(arm, lane), stop))));
            stop.ThrowIfCancellationRequested();
            var after = await tools.Bench.Controls.SetNowAsync(stop);
            if (new SetNow(after.Knobs, after.Faults, load).Words != new SetNow(set.Knobs, set.Faults, load).Words)
                hand.Change();
            var prediction = hand.HasChanged ? null : predictor.Now.Prediction;
            shelf.Add(results.Select(one => Finished(arm, one.Lane, one.Result, hand.HasChanged, prediction)));
        }
        finally
        {
            _arm = null;
            tools.Show(null);
        }
    }

    LoadOptions Options(Arm arm, string lane) => new()
    {
        Url = tools.Url(lane),
        Seed = Seed,
        Arrivals = arm.Arrivals,
        Retries = arm.ClientRetries,
        Stages = [arm.Load],
    };

    FinishedArm Finished(Arm arm, string lane, LoadResult result, bool hasChanged, Prediction? prediction)
    {
        var isLate = result.Lag?.P99Ms > latest.TotalMilliseconds;
        var (remark, reason) = hasChanged ? (" (changed)", "changed by hand") : isLate ? (" (late)", "this machine was late") : ("", "");
        if (remark != "")
            tools.Events.Add(EventKind.Act, lane, $"{arm.Name}: {reason}, not comparable");
        return new(
            _scenario.Name, arm.Name, lane, arm.Name + remark,
            [.. result.Seconds.Where(row => row.Counts.Total > 0).Select(row => (double[])[row.Second, Math.Round(row.Counts.SuccessPercent!.Value, 2)])],
            [.. (prediction?.Of(lane) ?? []).Take((int)Math.Ceiling(arm.Seconds)).Select((percent, second) => (double[])[second, percent])],
            Math.Round(result.Counts.SuccessPercent ?? 0, 2), result.Counts.Total, Seed, $"{tools.Tiny} run {_scenario.Name}");
    }

    // Where theory starts from what the services can do, that is measured first.
    async Task<Values> CapacityAsync(Values values, CancellationToken stop)
    {
        if (_scenario.Capacity(values) is not { } arm)
            return values;
        _now = new(_scenario.Name, null, 0, _scenario.Arms(values).Count, 0, arm.Seconds, "measuring capacity");
        return values.With(await new ArmRunner(tools.Bench, time).CapacityAsync(arm, stop));
    }

    sealed record ArmNow(Arm Arm, SetLoad Load, HandWatch Hand, long Began);
}
