using TinyResilient.Lab.Stage;
using TinyResilient.LoadTest;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Processes;

/// <summary>
/// One lab, from the check of its ports to its last process: both services, ServiceB as often as is wanted, and the stage, or none
/// of them. A start that fails says why in one line, and whatever ends the lab, the stage ends first, A stops before B, and nothing
/// is left behind.
/// </summary>
sealed class LabRun : IAsyncDisposable
{
    readonly PortPlan _ports;
    readonly RunFile _runFile;
    readonly Screen _screen;
    readonly Lock _gate = new();
    readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        Timeout = TimeSpan.FromSeconds(1),
    };
    readonly IReadOnlyList<Supervisor> _supervisors;
    readonly ServiceSettings _stageSettings;
    readonly StageRun _stage;

    /// <param name="record">The file that the stage is recorded in; null: it is not.</param>
    public LabRun(PortPlan ports, ServiceSettings stage, RunFile runFile, Screen screen, TimeProvider time, string? record = null)
    {
        (_ports, _runFile, _screen, _stageSettings) = (ports with { HttpLab = stage.HttpPort }, runFile, screen, stage);
        var readiness = new Readiness(_http, time);
        _supervisors = [.. Service.With(ports.Nodes).Select(service => new Supervisor(service, service.Ready(ports),
            () => ServiceProcess.Start(service, service.Environment(ports),
                line => screen.Forward(service.Name, line), time),
            ServiceChanged, TellStage, readiness, screen, time))];
        _stage = new(stage, StagePlace.Of(ports), new(runFile, ports.HttpA, StartAtOnce), screen.Say, time, record);
    }

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(StopSignals stop)
    {
        if (Obstacle() is { } obstacle)
            return Fail(ExitCode.Failed, obstacle);
        (int, string)? failure = null;
        try
        {
            failure = await StartAsync(stop.Asked);
            if (failure is null)
            {
                _screen.Plain(Welcome.Text(_ports, OperatingSystem.IsWindows()));
                await Task.WhenAll(_supervisors.Select(supervisor => supervisor.KeepRunningAsync(stop.Asked)));
            }
        }
        catch (OperationCanceledException) when (stop.Asked.IsCancellationRequested)
        {
            // Stopped while it started.
        }
        finally
        {
            await StopAsync(stop);
        }
        // Told last, so that it is what remains on the screen.
        return failure is var (code, reason) ? Fail(code, reason) : stop.Code;
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        foreach (var supervisor in _supervisors)
            supervisor.Dispose();
        _http.Dispose();
    }

    string? Obstacle() =>
        Service.All.Select(ServicePrograms.Missing).FirstOrDefault(missing => missing is not null)
        ?? _ports.Complaint(Ports.IsTaken)
        ?? ServiceHost.UnusableHttp(_stageSettings)
        ?? WriteRunFile();

    async Task<(int, string)?> StartAsync(CancellationToken stopping)
    {
        _screen.Say(_ports.IsCluster ? $"Starting {_ports.Nodes} nodes of service-b and service-a …" : "Starting service-b and service-a …");
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        foreach (var supervisor in _supervisors.Reverse())
            supervisor.Start();
        if (await _stage.StartAsync() is { } obstacle)
            return (ExitCode.Failed, obstacle);
        var startUps = _supervisors.Select(supervisor => supervisor.StartUpAsync(failed.Token)).ToList();
        await foreach (var startUp in Task.WhenEach(startUps))
        {
            if (await startUp is not { } failure)
                continue;
            await failed.CancelAsync();
            return failure;
        }
        return null;
    }

    async Task StopAsync(StopSignals stop)
    {
        if (stop.Asked.IsCancellationRequested)
            _screen.Say("Stopping service-a, then service-b. Once more kills them.");
        await _stage.StopAsync();
        foreach (var inOrder in _supervisors.GroupBy(supervisor => supervisor.Service.Project))
            await Task.WhenAll(inOrder.Select(supervisor => supervisor.StopAsync(stop.AskedTwice)));
        _runFile.Delete();
        if (stop.Asked.IsCancellationRequested)
            _screen.Say("Stopped.");
    }

    void TellStage(string news) => _stage.Tell(news);

    void StartAtOnce()
    {
        foreach (var supervisor in _supervisors)
            supervisor.StartAtOnce();
    }

    void ServiceChanged()
    {
        if (WriteRunFile() is { } complaint)
            _screen.Say(complaint);
    }

    string? WriteRunFile()
    {
        lock (_gate)
        {
            var running = _supervisors.Where(supervisor => supervisor.Identity is not null);
            return _runFile.TryWrite(new(ProcessIdentity.Of(Environment.ProcessId)!,
                running.ToDictionary(supervisor => supervisor.Service.Name, supervisor => supervisor.Identity!), _ports.Nodes));
        }
    }

    int Fail(int exitCode, string reason)
    {
        _screen.Complain(reason);
        return exitCode;
    }
}
