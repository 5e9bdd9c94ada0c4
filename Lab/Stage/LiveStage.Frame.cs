using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Stage;

// How a frame comes from what was seen.
sealed partial class LiveStage
{
    Frame Build(long nowMs)
    {
        TakeWhatIsNew(nowMs);
        var contact = _contact.Look(nowMs, _gateway, _pool);
        var load = _parts.Load.OfAct ?? _parts.Load.Setting;
        if (_seconds.Close(nowMs, load.On ? load.Rate : 0, (lane, second) => _lanes[lane].Latency(nowMs, second)))
            _shown = _seconds.Newest();
        var othersPerS = Lane.Both.Sum(lane => Math.Round(_lanes[lane].OthersPerS(nowMs)));
        _parts.Acts.Look(new(_settings.Newest, _gateway.Newest, _contact.SeesPool ? _pool.Newest : null, contact, _parts.Load.Setting, othersPerS));
        var act = _parts.Acts.Now;
        return new()
        {
            NowMs = nowMs,
            Contact = contact,
            Lanes = Lanes<LaneNow>.Of(lane => _lanes[lane].Now(nowMs, _contact.SeesPool)),
            Load = new(load.On, load.Rate, load.Lanes, LoadMeter.LagP99(Lane.Both.Select(lane => _parts.Meters[lane])),
                _parts.Load.Dropped, othersPerS),
            CapacityPerS = _set.CapacityPerS,
            Knobs = _set.Knobs,
            Faults = _set.Faults,
            Act = act.Act,
            Prediction = act.Prediction,
            PredictionAbsent = act.PredictionAbsent,
            Seconds = _seconds.Newest(FrameSeconds),
            Events = _parts.Events.Newest(FrameEvents),
            Arms = act.Arms.Count,
            Marks = _parts.Events.Marks.Count,
        };
    }

    void TakeWhatIsNew(long nowMs)
    {
        if (_gateway is { Newest: { } gateway, Count: var looks } && looks != _taken.Gateway)
        {
            _taken.Gateway = looks;
            _stillOfA.Look(gateway.State.Pid, gateway.State.StoodStill ?? []);
            foreach (var lane in Lane.Both)
                _lanes[lane].Take(nowMs, gateway, _seconds);
        }
        if (_pool is { Newest: { } pool, Count: var poolLooks } && poolLooks != _taken.Pool)
        {
            _taken.Pool = poolLooks;
            _stillOfB.Look(pool.State.Pid, pool.State.StoodStill ?? []);
            foreach (var lane in Lane.Both)
                _lanes[lane].Take(nowMs, pool);
        }
        if (_settings is { Newest: { } settings, Count: var settingsLooks } && settingsLooks != _taken.Settings)
        {
            _taken.Settings = settingsLooks;
            _set.Take(settings);
        }
    }
}
