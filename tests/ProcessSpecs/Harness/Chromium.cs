using System.Diagnostics;

namespace ProcessSpecs.Harness;

/// <summary>A headless Chromium that opens one file, lets its scripts run, and ends.</summary>
static class Chromium
{
    static readonly TimeSpan limit = TimeSpan.FromMinutes(2);

    /// <returns>The document after its scripts have run, and what they or the browser complained of on the console.</returns>
    public static async Task<(string Document, IReadOnlyList<string> Console)> Open(string file)
    {
        var profile = Directory.CreateTempSubdirectory("tiny-chromium-");
        using var chromium = Process.Start(new ProcessStartInfo("chromium",
            [
                .. OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? ["--no-sandbox"] : Array.Empty<string>(), // root has none
                "--headless", "--disable-gpu", "--no-first-run", "--enable-logging=stderr", "--window-size=1280,720",
                $"--user-data-dir={profile.FullName}", "--dump-dom", new Uri(file).AbsoluteUri,
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        try
        {
            var (document, errors) = (chromium.StandardOutput.ReadToEndAsync(), chromium.StandardError.ReadToEndAsync());
            await Task.WhenAll(document, errors, chromium.WaitForExitAsync()).WaitAsync(limit, TimeProvider.System);
            return (await document, [.. (await errors).Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))]);
        }
        finally
        {
            if (!chromium.HasExited)
                chromium.Kill(entireProcessTree: true);
            profile.Delete(recursive: true);
        }
    }
}
