using System.Runtime.InteropServices;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Processes;

/// <summary>
/// Turns Ctrl-C, a closed terminal and SIGTERM into a wish to stop, and a second one into a wish to stop
/// now. The process itself goes on until it has done so.
/// </summary>
sealed class StopSignals : IDisposable
{
    // A shell's timeout sends its signal to the process and to its group: the same wish, told twice.
    static readonly TimeSpan echo = TimeSpan.FromMilliseconds(200);

    readonly TimeProvider _time;
    readonly CancellationTokenSource _asked = new();
    readonly CancellationTokenSource _askedTwice = new();
    readonly List<PosixSignalRegistration> _registrations = [];

    (PosixSignal Signal, long At) _first;

    public StopSignals(TimeProvider time)
    {
        _time = time;
        foreach (var signal in new[]
            { PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, Take));
    }

    public CancellationToken Asked => _asked.Token;
    public CancellationToken AskedTwice => _askedTwice.Token;

    /// <summary>Asks as well, because the program that started this one has ended.</summary>
    public void Ask()
    {
        try
        {
            _asked.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is about to end anyway.
        }
    }

    /// <summary>Waits until somebody asks.</summary>
    public async Task AskedAsync()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var _ = Asked.Register(asked.SetResult);
        await asked.Task;
    }

    /// <summary>The exit code. Who sends SIGTERM wanted this end; who presses Ctrl-C interrupts.</summary>
    public int Code { get; private set; } = ExitCode.Ok;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _asked.Dispose();
        _askedTwice.Dispose();
    }

    void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_asked.IsCancellationRequested)
        {
            if (context.Signal != _first.Signal || _time.GetElapsedTime(_first.At) > echo)
                _askedTwice.Cancel();
            return;
        }
        _first = (context.Signal, _time.GetTimestamp());
        Code = context.Signal == PosixSignal.SIGTERM ? ExitCode.Ok : ExitCode.Interrupted;
        _asked.Cancel();
    }
}
