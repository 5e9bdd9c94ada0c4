using System.ComponentModel;
using System.Diagnostics;
using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>Asks the SDK that ./tiny would use for its version.</summary>
static class Sdk
{
    static readonly TimeSpan limit = TimeSpan.FromSeconds(30);

    /// <param name="folder">Where global.json is looked for.</param>
    public static async Task<(string? Version, string Complaint)> VersionAsync(string folder, TimeProvider time, CancellationToken stop)
    {
        if (OnPath.Find("dotnet") is not { } dotnet)
            return (null, "there is no dotnet on the PATH");
        try
        {
            using var process = Process.Start(new ProcessStartInfo(dotnet, ["--version"])
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
            await Task.WhenAll(output, errors).WaitAsync(limit, time, stop);
            await process.WaitForExitAsync(stop);
            return process.ExitCode == 0 ? ((await output).Trim(), "")
                : (null, $"dotnet --version ended with {process.ExitCode}: {(await errors).Trim().Split('\n')[0]}");
        }
        catch (Exception e) when (e is TimeoutException or Win32Exception)
        {
            return (null, $"dotnet --version: {e.Message}");
        }
    }
}
