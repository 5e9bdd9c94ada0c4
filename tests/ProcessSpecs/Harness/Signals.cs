using System.Runtime.InteropServices;

namespace ProcessSpecs.Harness;

enum Signal { Interrupt, Kill, Terminate, Pause, Resume }

static partial class Signals
{
    public static void Send(int pid, Signal signal)
    {
        if (Send(pid, Number(signal)) != 0)
            throw new InvalidOperationException($"{signal} could not be sent to process {pid}");
    }

    // The numbers of SIGSTOP and SIGCONT differ between Linux and macOS.
    static int Number(Signal signal) => (signal, OperatingSystem.IsMacOS()) switch
    {
        (Signal.Interrupt, _) => 2,
        (Signal.Kill, _) => 9,
        (Signal.Terminate, _) => 15,
        (Signal.Pause, false) => 19,
        (Signal.Pause, true) => 17,
        (_, false) => 18,
        (_, true) => 19,
    };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int pid, int signal);
}
