using TinyResilient.Lab.Running;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// Acts on the running services, one at a time, and what is predicted for them and in between. However an act ends, it leaves
/// the services as at their start, and no load.
/// </summary>
sealed class Acts(ActTools tools, Predictor predictor, Action stopLoad, Action<string> complain, TimeProvider time) : IActs, IDisposable
{
    /// <summary>On the services of a live stage, with its load.</summary>
    public static Acts Of(StageParts parts, Bench bench, Predictor predictor, TimeProvider time) => new(
        new(
            bench,
            (lane, options, stop) => parts.Load.RunAsync(lane, options, onSample: null, stop),
            parts.Load.Url, load => parts.Load.OfAct = load, parts.Events, parts.Place.Tiny),
        predictor, () => parts.Load.Set(parts.Load.Setting with { On = false }), parts.Complain, time);

    readonly Lock _gate = new();
    readonly ArmShelf _shelf = new();
    readonly Foresight _foresight = new(predictor);
    (ActRun Act, string Name, CancellationTokenSource Stop, Task Ended)? _running;

    ActRun? Running
    {
        get
        {
            lock (_gate)
                return _running?.Act;
        }
    }

    public ActPart Now => predictor.Now is var outlook
        ? new(Running?.Now, outlook.Prediction, outlook.Absent) { Arms = _shelf.All } : new();

    /// <summary>Null: it has begun; otherwise why not.</summary>
    public string? Begin(ActChoice choice)
    {
        lock (_gate)
        {
            if (_running is { Name: var name })
                return $"{name} is running, and there is one act at a time: end it first";
            var act = new ActRun(choice, tools, predictor, _shelf, time);
            var stop = new CancellationTokenSource();
            stopLoad();
            _running = (act, choice.Scenario.Name, stop, Task.Run(() => RunAsync(act, choice.Scenario.Name, stop.Token), CancellationToken.None));
            return null;
        }
    }

    /// <summary>Completed while no act runs.</summary>
    public Task Ended
    {
        get
        {
            lock (_gate)
                return _running?.Ended ?? Task.CompletedTask;
        }
    }

    public Task StopAsync()
    {
        lock (_gate)
            _running?.Stop.Cancel();
        return Ended;
    }

    public void Forget() => _shelf.Clear();

    public void Look(StageLook look)
    {
        if (Running is not { } act)
            _foresight.Look(look, ofAct: null);
        else if (act.Measured is var (load, hand))
        {
            if (look.Settings is { } settings)
                hand.Look(settings, new SetNow(settings.Knobs, settings.Faults, load).Words);
            if (look.Load.On || look.Contact.Words is not null)
                hand.Change();
            if (hand.HasChanged)
                _foresight.Look(look, load);
        }
    }

    public void Dispose() => predictor.Dispose();

    async Task RunAsync(ActRun act, string name, CancellationToken stop)
    {
        var end = "has ended";
        try
        {
            await act.RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            end = "was stopped";
        }
        catch (RunFailedException failure)
        {
            end = $"could not go on: {failure.Message}";
        }
        catch (Exception bug)
        {
            // Nobody waits for it
            end = "could not go on, by a bug";
            complain($"the act {name} ended by a bug: {bug}");
        }
        finally
        {
            await LeaveAsync(name);
            tools.Events.Add(EventKind.Act, null, $"{name} {end}");
            lock (_gate)
                _running = null;
        }
    }

    async Task LeaveAsync(string name)
    {
        try
        {
            await tools.Bench.Controls.ResetAsync(CancellationToken.None);
        }
        catch (RunFailedException failure)
        {
            tools.Events.Add(EventKind.Act, null, $"what {name} has set could not be taken off: {failure.Message}");
        }
    }
}
