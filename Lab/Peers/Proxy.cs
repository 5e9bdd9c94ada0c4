using System.Diagnostics;
using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Peers;

/// <summary>A proxy that can stand in front of ServiceB instead of ServiceA: its name, its program, its template.</summary>
/// <param name="Program">Also the Debian package.</param>
/// <param name="Template">A file beside this one, part of the program.</param>
sealed record Proxy(string Name, string Program, string Template)
{
    public static readonly Proxy HaProxy = new("HAProxy", "haproxy", "haproxy.cfg");
    public static readonly Proxy Nginx = new("nginx", "nginx", "nginx.conf");
    public static readonly IReadOnlyList<Proxy> All = [HaProxy, Nginx];

    // Where Debian has them, which is not on everybody's path.
    static readonly string[] systemFolders = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];

    /// <summary>Where its program is; null where there is none, or no shell that ends it with this program.</summary>
    public string? Find() => OperatingSystem.IsWindows() ? null : OnPath.Find(Program)
        ?? systemFolders.Select(folder => Path.Combine(folder, Program)).FirstOrDefault(File.Exists);

    /// <summary>Why it is not compared, where <see cref="Find"/> finds none.</summary>
    public string LeftOut => OperatingSystem.IsWindows() ? $"{Name} is left out: not on Windows"
        : $"{Name} is left out: there is no program {Program} (Debian package {Program})";

    /// <summary>How it is run in the foreground.</summary>
    /// <param name="folder">Holds its configuration, and is its own.</param>
    public IReadOnlyList<string> Arguments(string folder) => this == HaProxy
        ? ["-db", "-q", "-f", Path.Combine(folder, Template)]
        : ["-e", "stderr", "-p", folder, "-c", Path.Combine(folder, Template)];

    /// <summary>What it says of its own version, in one line; null where it says nothing.</summary>
    public static string? Version(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["-v"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd(); // nginx says it on standard error
        process.WaitForExit();
        return said.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault()?.Split(" - ")[0].Trim();
    }
}
