using System.Runtime.InteropServices;

namespace TinyResilient.Lab.Processes;

/// <summary>Finds the programs of the services beside Lab's own, in a build as in a published layout.</summary>
static class ServiceFiles
{
    /// <summary>A folder with ServiceA/ServiceA.dll and ServiceB/ServiceB.dll, when they are not beside Lab.</summary>
    public const string FolderSetting = "TINY_SERVICES";

    /// <param name="lab">Folder of Lab's program.</param>
    /// <param name="services">The value of <see cref="FolderSetting"/>, or null.</param>
    public static string Dll(Service service, string lab, string? services) =>
        Path.Combine(
            string.IsNullOrWhiteSpace(services) ? Beside(lab, service.Project) : Path.Combine(services, service.Project),
            $"{service.Project}.dll");

    /// <summary>The dotnet that runs Lab itself; it need not be the one on the PATH.</summary>
    public static string DotNet()
    {
        // .../shared/Microsoft.NETCore.App/10.0.0/
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var dotnet = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(dotnet) ? dotnet : "dotnet";
    }

    // Lab/bin/Debug/net10.0 -> ServiceA/bin/Debug/net10.0, and /app/Lab -> /app/ServiceA
    static string Beside(string lab, string project)
    {
        var parts = Path.TrimEndingDirectorySeparator(lab).Split(Path.DirectorySeparatorChar);
        var own = Array.FindLastIndex(parts, part => part == "Lab");
        if (own < 0)
            return Path.Combine(lab, project);
        parts[own] = project;
        return string.Join(Path.DirectorySeparatorChar, parts);
    }
}
