using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// Predicts from what is set how success will go on, beginning anew whenever something else is set. Computes beside
/// everything else, on one thread of lowest priority, and stops at the next change. Answers at once; says why where there is
/// nothing to say.
/// </summary>
/// <param name="means">Simulated requests, in each lane, of a first mean, which is there in a moment, and of those that follow it.</param>
sealed class Predictor(TimeProvider time, params double[] means) : IDisposable
{
    /// <summary>How far it looks.</summary>
    public const int HorizonS = 120;

    static readonly double[] usual = [60_000, 600_000];

    internal const string Computing = "the prediction is being computed";

    /// <summary>Runs a computation beside everything else, so that whoever asked goes on at once.</summary>
    public Action<Action> Beside { get; init; } = Priority.Beside;

    readonly Lock _gate = new();
    Outlook _now = new(null, Outlook.NoLoad);
    CancellationTokenSource _stop = new();
    string? _words, _faultWords;
    long _faultsSet, _fromMs;

    public Outlook Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    /// <summary>Told of what is set, as often as somebody looks.</summary>
    /// <param name="set">What is set now.</param>
    /// <param name="found">How it finds each lane.</param>
    /// <param name="obstacle">Why nothing can be predicted whatever is set; null: nothing is in the way.</param>
    /// <returns>When there is a first prediction, or none to be expected; null where nothing has changed.</returns>
    public Task? Consider(SetNow set, Func<string, Found> found, string? obstacle = null)
    {
        lock (_gate)
        {
            if (_faultWords != set.FaultWords)
                (_faultWords, _faultsSet) = (set.FaultWords, time.GetTimestamp());
            var words = $"{set.Words} {obstacle}";
            if (_words == words && NowMs < _fromMs + HorizonS * 1_000)
                return null;
            var before = _words == words ? _now.Prediction : null;
            _words = words;
            return Begin(set, found, set.Load.Rate > 0 ? obstacle : Outlook.NoLoad, before);
        }
    }

    /// <summary>What is predicted begins now, and not when it was computed.</summary>
    public void Rebase()
    {
        lock (_gate)
        {
            _fromMs = NowMs;
            if (_now.Prediction is { } prediction)
                _now = _now with { Prediction = prediction with { FromMs = _fromMs } };
        }
    }

    /// <summary>Something has changed that is not set: it predicts anew when it is next told what is.</summary>
    public void Forget()
    {
        lock (_gate)
            _words = null;
    }

    /// <summary>Predicts nothing until it is next told what is set.</summary>
    public void Clear(string absent)
    {
        lock (_gate)
        {
            _stop.Cancel();
            (_words, _now) = (null, new(null, absent));
        }
    }

    public void Dispose() => _stop.Cancel();

    /// <param name="before">What goes on: it stays until there is more of it.</param>
    Task Begin(SetNow set, Func<string, Found> found, string? obstacle, Prediction? before)
    {
        _stop.Cancel();
        _stop = new();
        _fromMs = NowMs;
        var model = new OutlookModel(set.Arm(HorizonS, time.GetElapsedTime(_faultsSet)), found, obstacle);
        if (model.IsEmpty || before is null)
            _now = new(null, model.IsEmpty ? model.Absent : Computing);
        if (model.IsEmpty)
            return Task.CompletedTask;
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stop = _stop.Token;
        stop.Register(() => first.TrySetResult());
        Beside(() => Compute(model, before, first, stop));
        return first.Task;
    }

    void Compute(OutlookModel model, Prediction? before, TaskCompletionSource first, CancellationToken stop)
    {
        try
        {
            foreach (var requests in means is [] ? usual : means)
            {
                model.Run(requests, stop);
                Publish(() => new(model.Prediction(_fromMs, before), model.Absent), stop);
                first.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Something else is set by now.
        }
        catch (Exception bug)
        {
            // Nobody awaits this: better said on the stage than nowhere.
            Publish(() => new(null, $"the prediction has failed: {bug.Message}"), stop);
            first.TrySetResult();
        }
    }

    void Publish(Func<Outlook> outlook, CancellationToken stop)
    {
        lock (_gate)
        {
            if (!stop.IsCancellationRequested)
                _now = outlook();
        }
    }

    long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();
}
