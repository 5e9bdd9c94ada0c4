using System.Globalization;
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

/// <summary>A spec that runs HAProxy and nginx. Never skipped on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class ProxiesFactAttribute : FactAttribute
{
    public ProxiesFactAttribute() => Skip = Installed.OrReason(["haproxy", "nginx"], "haproxy and nginx");
}

/// <summary>A spec that looks with Chromium. Never skipped on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute() => Skip = Installed.OrReason(["chromium"], "chromium");
}

/// <summary>A spec that cuts a network. Never skipped on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class NetworkFactAttribute : FactAttribute
{
    public const string Needs = "makes a network namespace, which needs Linux, CAP_SYS_ADMIN and CAP_NET_ADMIN (root has them, in a "
        + "container only where they were given), and ip (Debian package iproute2)";

    const ulong NetAdmin = 1 << 12, SysAdmin = 1 << 21;

    public NetworkFactAttribute() =>
        Skip = Installed.OrReason(["ip"], "iproute2") is null && (Installed.IsOnCI || Has(NetAdmin | SysAdmin)) ? null : Needs;

    static bool Has(ulong capabilities) => OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith("CapEff:", StringComparison.Ordinal))
        .Any(line => (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & capabilities) == capabilities);
}

/// <summary>A spec that lowers the limit of open files. Never skipped on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class PrlimitFactAttribute : FactAttribute
{
    public PrlimitFactAttribute() => Skip = Installed.OrReason(["prlimit"], "util-linux");
}

static class Installed
{
    public static bool IsOnCI => Environment.GetEnvironmentVariable("CI") == "true";

    /// <returns>Null, or why a spec that needs the programs is skipped.</returns>
    public static string? OrReason(string[] programs, string package) =>
        programs.All(IsOnPath) || IsOnCI ? null
            : $"there is no {string.Join(" or no ", programs)} on the PATH (Debian package {package})";

    static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/sbin").Any(folder => File.Exists(Path.Combine(folder, program)));
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
