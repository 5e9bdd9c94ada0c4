namespace TinyResilient.Lab.Processes;

/// <summary>Says how a process ended.</summary>
static class ExitWords
{
    // The names that POSIX systems agree on, with the numbers that they agree on.
    static readonly Dictionary<int, string> signals = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [13] = "SIGPIPE",
        [15] = "SIGTERM",
    };

    /// <summary><c>exit code 2</c>, or <c>killed by SIGKILL</c>, which .NET shows as 128 and the signal.</summary>
    public static string Of(int exitCode, bool windows) =>
        !windows && signals.TryGetValue(exitCode - 128, out var signal) ? $"killed by {signal}"
        : $"exit code {exitCode}";
}
