using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TinyResilient.Lab.Processes;

/// <summary>What can be done to a running process from outside.</summary>
enum Signal { Kill, Pause, Resume, Interrupt }

/// <summary>Sends signals. Knows nothing about whom they may be sent to: <see cref="RunFile"/> does.</summary>
static partial class Signals
{
    public static bool CanPause => !OperatingSystem.IsWindows();

    /// <summary>False when the process is gone or not ours.</summary>
    public static bool Send(int pid, Signal signal)
    {
        if (!OperatingSystem.IsWindows())
            return Send(pid, Number(signal)) == 0;
        if (signal != Signal.Kill)
            return false;
        using var process = Process.GetProcessById(pid);
        process.Kill();
        return true;
    }

    // The numbers of SIGSTOP and SIGCONT differ between Linux and macOS.
    static int Number(Signal signal) => (signal, OperatingSystem.IsMacOS()) switch
    {
        (Signal.Kill, _) => 9,
        (Signal.Interrupt, _) => 2,
        (Signal.Pause, false) => 19,
        (Signal.Pause, true) => 17,
        (_, false) => 18,
        (_, true) => 19,
    };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int pid, int signal);
}
