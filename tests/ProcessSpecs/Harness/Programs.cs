using System.Runtime.InteropServices;

namespace ProcessSpecs.Harness;

/// <summary>Where the built programs are: beside these specs in the repository, built in the same configuration.</summary>
static class Programs
{
    /// <summary>The dotnet that runs these specs; it need not be the one on the PATH.</summary>
    public static string DotNet { get; } = Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    public static string Repository { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", ".."));

    /// <summary>tests/ProcessSpecs/bin/Debug/net10.0 -> ServiceA/bin/Debug/net10.0/ServiceA.dll</summary>
    public static string Dll(string project)
    {
        var own = Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory);
        var build = Path.GetRelativePath(Path.Combine(own, "..", "..", ".."), own);
        return Path.Combine(Repository, project, build, $"{project}.dll");
    }
}
