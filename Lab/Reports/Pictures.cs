using System.ComponentModel;
using System.Diagnostics;
using TinyResilient.Lab.Reports.Slides;

namespace TinyResilient.Lab.Reports;

/// <summary>PNGs of the slides, for programs that take no SVG: by a browser that is installed, or not at all.</summary>
static class Pictures
{
    static readonly TimeSpan limit = TimeSpan.FromSeconds(20);
    static readonly string[] names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    static readonly string[] places =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe", @"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe", @"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <param name="stop">Ends the browser at once.</param>
    /// <returns>Null, or one line that says why there are none, or not all.</returns>
    public static string? Draw(string folder, ReportFiles files, CancellationToken stop = default)
    {
        if (Browser(Environment.GetEnvironmentVariable("PATH") ?? "", File.Exists) is not { } browser)
            return "no PNGs: neither Chromium, Chrome nor Edge was found; the slides are there as SVG";
        var profile = Directory.CreateTempSubdirectory("tiny-slides-");
        try
        {
            foreach (var chart in files.Charts)
                if (Draw(browser, profile.FullName, Path.Combine(folder, files.Slide(chart)), Path.Combine(folder, files.Picture(chart)), stop) is { } problem)
                    return $"no PNG of {files.Slide(chart)}, nor of what comes after it: {browser} {problem}";
            return null;
        }
        finally
        {
            Remove(profile);
        }
    }

    /// <param name="path">As in the environment.</param>
    public static string? Browser(string path, Func<string, bool> exists) =>
        path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
            .Concat(places).FirstOrDefault(exists);

    static string? Draw(string browser, string profile, string slide, string picture, CancellationToken stop)
    {
        if (stop.IsCancellationRequested)
            return "was not started: the run was stopped";
        var start = new ProcessStartInfo(browser)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--force-device-scale-factor=1",
                $"--window-size={Layout.Width},{Layout.Height}", $"--user-data-dir={profile}", $"--screenshot={picture}",
                new Uri(slide).AbsoluteUri,
            },
        };
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
            start.ArgumentList.Insert(0, "--no-sandbox"); // root has none; what is drawn is our own file
        try
        {
            using var process = Process.Start(start)!;
            process.OutputDataReceived += (_, _) => { };
            process.ErrorDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            using var ending = stop.Register(() => process.Kill(entireProcessTree: true));
            if (process.WaitForExit(limit))
                return File.Exists(picture) ? null : $"ended with {process.ExitCode} and drew nothing";
            process.Kill(entireProcessTree: true);
            return $"did not end within {limit.TotalSeconds:0} s";
        }
        catch (Win32Exception e)
        {
            return $"did not start: {e.Message.ReplaceLineEndings(" ")}";
        }
    }

    static void Remove(DirectoryInfo profile)
    {
        try
        {
            profile.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A browser's child may still write there; the system's own clean-up takes it.
        }
    }
}
