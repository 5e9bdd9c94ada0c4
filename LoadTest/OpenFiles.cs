using System.Runtime.InteropServices;

namespace TinyResilient.LoadTest;

/// <summary>
/// How many connections this process may hold. .NET ends with "Out of memory", and without a
/// summary, when it cannot open one of its own files: so the load has to stay below the limit.
/// </summary>
static class OpenFiles
{
    // For the runtime itself, the console and the result files
    const long Own = 100;

    /// <summary>At least one, also where the limit is tighter than that.</summary>
    public static int Connections { get; } = (int)Math.Clamp(Limit() - Own, 1, int.MaxValue);

    static long Limit()
    {
        // RLIMIT_NOFILE; the runtime has raised the soft limit to the hard one before we come here
        var resource = OperatingSystem.IsLinux() ? 7 : 8;
        return !OperatingSystem.IsWindows()
            && GetLimit(resource, out var limit) == 0 && limit.Soft >= 0
            ? limit.Soft
            : int.MaxValue;
    }

    [DllImport("libc", EntryPoint = "getrlimit")]
    static extern int GetLimit(int resource, out Limits limits);

    [StructLayout(LayoutKind.Sequential)]
    struct Limits
    {
        public nint Soft;
        public nint Hard;
    }
}
