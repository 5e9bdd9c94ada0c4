using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TinyResilient.Lab.Processes;

/// <summary>
/// One process, and no later one that got the same number: the number and the moment of its start, in
/// whatever unit the operating system counts exactly.
/// </summary>
sealed record ProcessIdentity(int Pid, string Started)
{
    /// <summary>Null when no such process runs, or its start is none of our business.</summary>
    public static ProcessIdentity? Of(int pid) => StartOf(pid) is { } started ? new(pid, started) : null;

    public bool Runs() => Of(Pid) == this;

    /// <summary>Whether it was stopped in its tracks; null where the operating system does not tell.</summary>
    public bool? IsPaused
    {
        get
        {
            try
            {
                return OperatingSystem.IsLinux() ? IsPausedIn(File.ReadAllText($"/proc/{Pid}/stat")) : null;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    static string? StartOf(int pid)
    {
        try
        {
            return OperatingSystem.IsLinux() ? FromStat(File.ReadAllText($"/proc/{pid}/stat")) : FromProcess(pid);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    static string FromProcess(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Clock ticks since boot. Process.StartTime would turn them into a time of day by way of two clocks,
    /// and two processes would disagree by milliseconds.
    /// </summary>
    internal static string? FromStat(string stat)
    {
        const int state = 3 - 3, startTime = 22 - 3;
        var fields = Fields(stat);
        return fields.Length > startTime && fields[state] is not ("Z" or "X") ? fields[startTime] : null;
    }

    internal static bool IsPausedIn(string stat) => Fields(stat) is ["T" or "t", ..];

    // The name of the program stands in parentheses and may hold anything, blanks and parentheses too.
    static string[] Fields(string stat) =>
        stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
