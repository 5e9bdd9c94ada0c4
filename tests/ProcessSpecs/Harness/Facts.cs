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
    public PromtoolFactAttribute()
    {
        if (!(IsOnPath("promtool") && IsOnPath("prometheus")) && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "there is no promtool or no prometheus on the PATH (both are in Debian's package prometheus)";
    }

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
