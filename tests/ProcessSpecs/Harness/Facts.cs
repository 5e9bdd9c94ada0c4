using Xunit;

namespace ProcessSpecs.Harness;

/// <summary>A spec that sends POSIX signals.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class PosixFactAttribute : FactAttribute
{
    public PosixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "sends POSIX signals, which Windows has not";
    }
}

/// <summary>A spec that runs promtool and Prometheus. Never skipped on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute() => Skip = Installed.OrReason(["promtool", "prometheus"], "prometheus");
}

/// <summary>A spec that looks with Chromium. Never skipped on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Installed.OrReason(["chromium"], "chromium");
}

static class Installed
{
    /// <returns>Null, or why a spec that needs the programs is skipped.</returns>
    public static string? OrReason(string[] programs, string package) =>
        programs.All(IsOnPath) || Environment.GetEnvironmentVariable("CI") == "true" ? null
            : $"there is no {string.Join(" or no ", programs)} on the PATH (Debian package {package})";

    static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}

/// <summary>A spec that needs what only Linux has.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "needs what only Linux has";
    }
}
