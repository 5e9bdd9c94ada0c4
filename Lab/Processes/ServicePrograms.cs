using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TinyResilient.Lab.Processes;

/// <summary>Finds the programs of the services beside Lab's own, in a build as in a published layout.</summary>
static class ServicePrograms
{
    /// <summary>A folder with ServiceA/ServiceA.dll and ServiceB/ServiceB.dll, when they are elsewhere.</summary>
    const string FolderSetting = "TINY_SERVICES";

    /// <summary>One line when there is no program of the service, otherwise null.</summary>
    public static string? Missing(Service service) => File.Exists(Dll(service)) ? null
        : $"There is no {Dll(service)}: build it, or set {FolderSetting} to the folder that holds both services.";

    /// <summary>How to start the service so that the keys of the terminal do not reach it.</summary>
    public static ProcessStartInfo Start(Service service)
    {
        // A terminal sends Ctrl-C, and the news that it closes, to all its processes at once. A shell can
        // start a program that ignores them; Windows has a flag for it.
        const string shell = "/bin/sh";
        var (dotnet, dll) = (DotNet(), Dll(service));
        if (OperatingSystem.IsWindows())
            return new(dotnet, [dll]) { CreateNewProcessGroup = true };
        return File.Exists(shell)
            ? new(shell, ["-c", "trap '' INT QUIT HUP; exec \"$0\" \"$@\"", dotnet, dll])
            : new(dotnet, [dll]);
    }

    /// <summary>How to start Lab's own program, the very one that runs.</summary>
    public static ProcessStartInfo Own(IEnumerable<string> arguments) => new(DotNet(), [Path.Combine(AppContext.BaseDirectory, "Lab.dll"), .. arguments]);

    /// <param name="lab">Folder of Lab's program.</param>
    /// <param name="services">The folder that the setting names, or null.</param>
    internal static string Dll(Service service, string lab, string? services) => Path.Combine(
        string.IsNullOrWhiteSpace(services)
            ? Beside(lab, service.Project)
            : Path.Combine(services, service.Project),
        $"{service.Project}.dll");

    static string Dll(Service service) =>
        Dll(service, AppContext.BaseDirectory, Environment.GetEnvironmentVariable(FolderSetting));

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

    // The dotnet that runs Lab itself, from .../shared/Microsoft.NETCore.App/10.0.0/; it need not be the
    // one on the PATH.
    static string DotNet()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var dotnet = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        return File.Exists(dotnet) ? dotnet : "dotnet";
    }
}
