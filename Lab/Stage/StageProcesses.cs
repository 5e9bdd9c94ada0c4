using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// The processes of the services, where they were started by <c>tiny up</c> on this machine; otherwise it says why they
/// cannot be touched. Signals nobody but a process that the run file names and that still is the same process.
/// </summary>
/// <param name="runFile">Null: they are elsewhere.</param>
/// <param name="startAtOnce">Ends the pauses before dead services are started again; null: nobody here can.</param>
sealed class StageProcesses(RunFile? runFile, int portBase, Action? startAtOnce)
{
    const string Elsewhere = "the services run elsewhere (TINY_URL_A), where nothing can be signalled from here";

    ProcessIdentity? _paused;

    /// <summary>One line, or null when services can be signalled.</summary>
    public string? CannotSignal => runFile is null ? Elsewhere
        : runFile.Read() is null ? SignalTarget.Find(null, Service.B.Name, portBase, _ => false).Complaint : null;

    /// <summary>Null when it was sent; otherwise why not.</summary>
    public string? Send(Service service, Signal signal)
    {
        if (signal != Signal.Kill && !Signals.CanPause)
            return "Windows cannot pause a process; kill is there";
        if (runFile is null)
            return Elsewhere;
        var target = SignalTarget.Find(runFile.Read(), service.Name, portBase, process => process.Runs());
        if (signal != Signal.Kill)
            _paused = signal == Signal.Pause ? Find(service) : null;
        return target.Pid is not { } pid ? target.Complaint
            : Signals.Send(pid, signal) ? null : $"{service.Name} (process {pid}) ended just now, or belongs to another user";
    }

    /// <summary>The process that is the service now, or null where none is known.</summary>
    public ProcessIdentity? Find(Service service) =>
        runFile?.Read()?.Services.GetValueOrDefault(service.Name) is { } process && process.Runs() ? process : null;

    public bool IsPaused(Service service) => Find(service) is { } process && (process.IsPaused ?? process == _paused);

    /// <summary>Paused services go on, dead ones are started at once, as far as that can be done from here.</summary>
    public void Revive()
    {
        if (runFile is not null && Signals.CanPause)
            foreach (var service in Service.With(runFile.Read()?.Nodes ?? 1))
                Send(service, Signal.Resume);
        startAtOnce?.Invoke();
    }
}
