using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Stage;

/// <summary>Tells the predictor what is set and what is in the way of a prediction, from what the stage sees.</summary>
sealed class Foresight(Predictor predictor)
{
    // Two seconds of looks: somebody's single request does not spoil a prediction.
    const int Steady = 8;

    /// <summary>Of the stage's own load; less would not be seen in the curve.</summary>
    const double OthersShare = 0.1;

    (int? Gateway, int? Pool, long Sent) _before;
    int _withOthers;
    bool _hasOthers;

    /// <param name="look">Of the running services.</param>
    /// <param name="ofAct">What an act sends; null: none runs.</param>
    public void Look(StageLook look, SetLoad? ofAct)
    {
        if (look.Settings is not { } settings)
            return;
        Notice(look);
        var load = ofAct ?? (look.Load.On ? new(look.Load.Rate, look.Load.Lanes) : SetLoad.None);
        predictor.Consider(new(settings.Knobs, settings.Faults, load), look.Found, look.Contact.Words ?? Others(look, load));
    }

    // A reset or a new process leaves no trace in what is set, and yet all begins anew.
    void Notice(StageLook look)
    {
        var now = (look.Gateway?.State.Pid, look.Pool?.State.Pid,
            look.Gateway?.State.Lanes.Values.Sum(lane => lane.Requests.GetValueOrDefault("sent")) ?? 0);
        if (now.Item1 != _before.Gateway || now.Item2 != _before.Pool || now.Item3 < _before.Sent)
            predictor.Forget();
        _before = now;
    }

    string? Others(StageLook look, SetLoad load)
    {
        var areThere = look.OthersPerS > Math.Max(1, OthersShare * load.Rate * load.Lanes.Count);
        _withOthers = areThere == _hasOthers ? 0 : _withOthers + 1;
        if (_withOthers >= Steady)
            (_hasOthers, _withOthers) = (areThere, 0);
        return _hasOthers ? "others send requests too, and only the stage's own load is known" : null;
    }
}
