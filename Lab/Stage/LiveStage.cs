using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// What the running services show. Looks at them four times a second, at whole quarters of its clock, and makes a frame of it;
/// whoever asks gets the newest. A service that is gone costs nobody anything: it is shown as lost, and found again.
/// </summary>
sealed partial class LiveStage : IShow
{
    const int TickMs = 250, FrameSeconds = 3, FrameEvents = 8;

    // So that a service that takes its time holds up no tick
    static readonly TimeSpan patience = TimeSpan.FromMilliseconds(200);

    readonly StageParts _parts;
    readonly TimeProvider _time;
    readonly Lanes<LaneBook> _lanes;
    readonly SecondRing _seconds = new();
    readonly ContactBook _contact;
    readonly SettingsBook _set;
    readonly StandStillNews _stillOfA, _stillOfB;
    readonly Watch<GatewayLook> _gateway;
    readonly Watch<PoolLook> _pool;
    readonly Watch<SettingsLook> _settings;
    bool _isWholeSecond = true;
    volatile bool _settingsChanged;
    (long Gateway, long Pool, long Settings) _taken;
    volatile Frame _frame;
    volatile IReadOnlyList<Second> _shown = [];

    public LiveStage(StageParts parts, Looks looks, TimeProvider time)
    {
        (_parts, _time) = (parts, time);
        _lanes = Lanes<LaneBook>.Of(lane => new(lane, parts.Meters[lane], parts.Events));
        _contact = new(parts.Processes, parts.Events);
        _set = new(parts.Events);
        (_stillOfA, _stillOfB) = (new(Service.A, parts.Events), new(Service.B, parts.Events));
        _gateway = new(() => looks.GatewayAsync(withMetrics: _isWholeSecond));
        _pool = new(looks.PoolAsync);
        _settings = new(looks.SettingsAsync);
        _frame = Build(parts.Clock.NowMs);
    }

    public Frame Frame => _frame;

    public History History => new(_shown, _parts.Events.Newest(), _parts.Events.Marks, _parts.Acts.Now.Arms);

    public Setup Setup => StageSetup.Of(_set.Described, _parts.Processes, _parts.Place);

    /// <summary>Knobs or faults were changed: the next look is at them too.</summary>
    public void SettingsChanged() => _settingsChanged = true;

    /// <summary>Looks and makes frames until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await FrameAsync(_parts.Clock.NowMs / TickMs * TickMs % 1_000 == 0);
                await Task.Delay(TimeSpan.FromMilliseconds(TickMs - _parts.Clock.NowMs % TickMs), _time, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The curtain.
        }
    }

    /// <summary>One look, and a frame of it.</summary>
    internal async Task FrameAsync(bool isWholeSecond)
    {
        try
        {
            await LookAsync(isWholeSecond);
            _frame = Build(_parts.Clock.NowMs);
        }
        catch (Exception bug)
        {
            // The next frame may do better; without one the room would look at a still
            _parts.Complain($"the stage could not make a frame: {bug}");
        }
    }

    async Task LookAsync(bool isWholeSecond)
    {
        _isWholeSecond = isWholeSecond;
        List<Task> looks = [_gateway.LookAsync(), _pool.LookAsync()];
        if ((isWholeSecond || _settingsChanged) && !_settings.IsLooking)
        {
            _settingsChanged = false;
            looks.Add(_settings.LookAsync());
        }
        await Task.WhenAny(Task.WhenAll(looks), Task.Delay(patience, _time, CancellationToken.None));
    }
}
