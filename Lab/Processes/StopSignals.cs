using System.Runtime.InteropServices;
using TinyResilient.LoadTest;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Processes;

/// <summary>
/// Turns Ctrl-C, a closed terminal, SIGTERM and, where wanted, the end of the program that started this one into a wish to stop, and a
/// second signal into a wish to stop now. The process itself goes on until it has done so.
/// </summary>
sealed class StopSignals : IDisposable
{
    // A shell's timeout sends its signal to the process and to its group: the same wish, told twice.
    static readonly TimeSpan echo = TimeSpan.FromMilliseconds(200);

    readonly TimeProvider _time;
    readonly CancellationTokenSource _asked = new();
    readonly CancellationTokenSource _askedTwice = new();
    readonly List<PosixSignalRegistration> _registrations = [];

    Told? _first;

    /// <param name="withParent">Whether the end of the program that started this one asks as well (EXIT_WITH_PARENT).</param>
    public StopSignals(TimeProvider time, bool withParent = false)
    {
        _time = time;
        foreach (var signal in new[]
            { PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, Take));
        if (withParent)
            ParentWatch.Start(() => Cancel(_asked));
    }

    public CancellationToken Asked => _asked.Token;
    public CancellationToken AskedTwice => _askedTwice.Token;

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

    /// <summary>Each signal is told on a thread of its own, two at the same instant as well: one of them is the first.</summary>
    internal void Take(PosixSignalContext context)
    {
        context.Cancel = true;
        var told = new Told(context.Signal, _time.GetTimestamp());
        if (Interlocked.CompareExchange(ref _first, told, null) is { } first)
        {
            if (told.Signal != first.Signal || _time.GetElapsedTime(first.At, told.At) > echo)
                Cancel(_askedTwice);
            return;
        }
        Code = context.Signal == PosixSignal.SIGTERM ? ExitCode.Ok : ExitCode.Interrupted;
        Cancel(_asked);
    }

    static void Cancel(CancellationTokenSource wish)
    {
        try
        {
            wish.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is about to end anyway.
        }
    }

    sealed record Told(PosixSignal Signal, long At);
}
