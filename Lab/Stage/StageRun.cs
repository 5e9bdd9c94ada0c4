using TinyResilient.Lab.Http;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Running;
using TinyResilient.Shared.Hosting;
using Readiness = TinyResilient.Lab.Processes.Readiness;

namespace TinyResilient.Lab.Stage;

/// <summary>The stage of running services, from its first look at them to the curtain.</summary>
sealed class StageRun : IAsyncDisposable
{
    // Looks that take longer than this are no sign of life.
    static readonly TimeSpan lookLimit = TimeSpan.FromSeconds(1.5);
    static readonly TimeSpan changeLimit = TimeSpan.FromSeconds(5);

    readonly HttpClient _looking = ServiceClient.Http(lookLimit), _changing = ServiceClient.Http(changeLimit);
    readonly CancellationTokenSource _curtain = new();
    readonly StageParts _parts;
    readonly LiveStage _live;
    readonly StageHost _host;
    readonly Acts _acts;
    readonly TimeProvider _time;
    readonly string? _record;
    Recorder? _recorder;
    Task _looks = Task.CompletedTask;

    /// <param name="record">The file that the stage is recorded in; null: it is not.</param>
    public StageRun(
        ServiceSettings settings, StagePlace place, StageProcesses processes, Action<string> complain, TimeProvider time, string? record = null)
    {
        (_time, _record) = (time, record);
        var token = settings.ControlToken?.Reveal();
        _parts = new(place, processes, time, complain);
        _parts.Acts = _acts = Acts.Of(_parts, ProcessBench.Attach(place.ServiceA, [place.ServiceB], _changing, time), new Predictor(time), time);
        _live = new(_parts, new Looks(new(_looking, token), place.ServiceA, place.ServiceB), time);
        var changes = new StageChanges(_parts, _live, new(_changing, token), new Readiness(_looking, time), time);
        _host = new(settings, _live, complain, app =>
        {
            changes.Map(app);
            app.MapActs(_acts);
        });
    }

    /// <summary>Tells the room something about a service.</summary>
    public void Tell(string text) => _parts.Events.Add(EventKind.Service, null, text);

    /// <summary>Null once it is served; otherwise one line why it is not.</summary>
    public async Task<string?> StartAsync()
    {
        if (await _host.StartAsync() is { } obstacle)
            return obstacle;
        _looks = _live.RunAsync(_curtain.Token);
        return _record is null ? null : Record(_record);
    }

    /// <summary>Ends act and load, then the recording, every stream, and the looks.</summary>
    public async Task StopAsync()
    {
        await _acts.StopAsync();
        _parts.Load.Set(_parts.Load.Setting with { On = false });
        _recorder?.Dispose();
        await _host.StopAsync();
        await _curtain.CancelAsync();
        await _looks;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _recorder?.Dispose();
        _acts.Dispose();
        _parts.Load.Dispose();
        _looking.Dispose();
        _changing.Dispose();
        _curtain.Dispose();
    }

    string? Record(string path)
    {
        var (file, complaint) = RecordingWriter.Create(path, Recorder.HeaderOf(LabVersion.With("running services"), _time));
        if (file is not null)
            _recorder = new(file, _live, _parts.Complain, _time);
        return complaint;
    }
}
