using System.ComponentModel;
using PuppeteerSharp;
using TinyResilient.Lab.Reports.Slides;

namespace TinyResilient.Lab.Reports;

/// <summary>PNGs of the slides, for programs that take no SVG: by a browser that is installed, or not at all.</summary>
static class Pictures
{
    const int LimitMs = 20_000;

    static readonly string[] names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    // Root has none; what is drawn are our own files
    static readonly string[] noSandbox = ["--no-sandbox"];

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
        try
        {
            DrawAsync(browser, folder, files, stop).GetAwaiter().GetResult();
            return null;
        }
        catch (Exception) when (stop.IsCancellationRequested) // Ctrl-C reaches the browser too
        {
            return "no PNGs, or not all: the run was stopped";
        }
        catch (Exception e) when (e is PuppeteerException or ProcessException or IOException or Win32Exception or TimeoutException)
        {
            return $"no PNGs, or not all: {browser} cannot draw them: {e.Message.ReplaceLineEndings(" ").Trim()}";
        }
    }

    /// <param name="path">As in the environment.</param>
    public static string? Browser(string path, Func<string, bool> exists) =>
        path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name)))
            .Concat(places).FirstOrDefault(exists);

    // One browser for all: its start takes longer than all pictures of a scenario
    static async Task DrawAsync(string browser, string folder, ReportFiles files, CancellationToken stop)
    {
        var launch = new LaunchOptions
        {
            ExecutablePath = browser,
            DefaultViewport = new() { Width = Layout.Width, Height = Layout.Height },
            Timeout = LimitMs,
            ProtocolTimeout = LimitMs,
            Args = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? noSandbox : [],
        };
        stop.ThrowIfCancellationRequested();
        await using var started = await Puppeteer.LaunchAsync(launch);
        await using var page = await started.NewPageAsync();
        foreach (var chart in files.Charts)
        {
            await page.GoToAsync(new Uri(Path.Combine(folder, files.Slide(chart))).AbsoluteUri).WaitAsync(stop);
            await page.ScreenshotAsync(Path.Combine(folder, files.Picture(chart))).WaitAsync(stop);
        }
    }
}
