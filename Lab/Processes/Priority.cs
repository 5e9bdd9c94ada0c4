using System.Runtime.InteropServices;

namespace TinyResilient.Lab.Processes;

/// <summary>Lets a thread stand back behind everything else on the machine.</summary>
static partial class Priority
{
    const int OfAThread = 0, Lowest = 19;

    /// <summary>Runs work on a thread of its own that stands back. It must not throw: nobody awaits it.</summary>
    public static void Beside(Action work) => Task.Factory.StartNew(() =>
    {
        LowerThisThread();
        work();
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>For the rest of the thread's life: it must be one that ends with its work.</summary>
    /// <returns>Whether this system lets a thread do so; where it does not, nothing is lost but manners.</returns>
    public static bool LowerThisThread()
    {
        Thread.CurrentThread.Priority = ThreadPriority.Lowest; // .NET passes it on to Windows only
        return OperatingSystem.IsLinux()
            ? SetPriority(OfAThread, 0, Lowest) == 0 // elsewhere it would be the whole process's
            : OperatingSystem.IsWindows();
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
