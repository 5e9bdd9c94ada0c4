using System.Text.Json.Nodes;
using OpenQA.Selenium;
using OpenQA.Selenium.Chrome;
using OpenQA.Selenium.Remote;
using ProcessSpecs.Harness;

namespace BrowserSpecs.Harness;

/// <summary>
/// One headless Chromium, driven by its chromedriver. Each page has a window of its own, so that none is hidden. It keeps what
/// the pages complain of on the console, and every address that they ask.
/// </summary>
sealed class Browser : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-browser-");
    readonly DirectoryInfo downloads = Directory.CreateTempSubdirectory("tiny-downloads-");
    readonly RunningProgram program;
    readonly RemoteWebDriver driver;
    readonly string empty;

    Browser(RunningProgram program, Uri address)
    {
        this.program = program;
        var options = new ChromeOptions();
        options.AddArguments("--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--remote-debugging-pipe", // it ends with its chromedriver, however that ends
            $"--user-data-dir={folder.FullName}/profile");
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess) // root has no sandbox
            options.AddArgument("--no-sandbox");
        options.AddUserProfilePreference("profile.default_content_setting_values.automatic_downloads", 1);
        options.AddUserProfilePreference("download.default_directory", downloads.FullName);
        options.SetLoggingPreference(LogType.Browser, OpenQA.Selenium.LogLevel.All);
        options.SetLoggingPreference(LogType.Performance, OpenQA.Selenium.LogLevel.All);
        driver = new RemoteWebDriver(address, options.ToCapabilities(), Until.Limit);
        driver.RegisterCustomDriverCommand("cdp", new HttpCommandInfo(HttpCommandInfo.PostCommand, "/session/{sessionId}/goog/cdp/execute"));
        empty = driver.CurrentWindowHandle;
    }

    public static async Task<Browser> Start()
    {
        var port = Ports.Free();
        var program = RunningProgram.StartOther("chromedriver", $"--port={port}");
        using var client = new Client(port);
        await Until.Fact("chromedriver is ready", () => client.Get("/status"), answer => answer.Status == 200);
        return new Browser(program, new Uri($"http://127.0.0.1:{port}"));
    }

    /// <summary>A page in a new window of 1280 x 720.</summary>
    public Page Open(string address)
    {
        var window = driver.SwitchTo().NewWindow(WindowType.Window).CurrentWindowHandle;
        Command("Emulation.setDeviceMetricsOverride",
            new() { ["width"] = 1280, ["height"] = 720, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        driver.Url = address;
        return new Page(driver, window);
    }

    /// <summary>A command of the DevTools protocol, for the window that was used last.</summary>
    public void Command(string name, Dictionary<string, object> parameters) =>
        driver.ExecuteCustomDriverCommand("cdp", new() { ["cmd"] = name, ["params"] = parameters });

    /// <summary>Closes all pages, and forgets what those of this origin have stored.</summary>
    public void CloseAll(string origin)
    {
        foreach (var window in driver.WindowHandles.Where(handle => handle != empty))
            driver.SwitchTo().Window(window).Close();
        driver.SwitchTo().Window(empty);
        Command("Storage.clearDataForOrigin", new() { ["origin"] = origin, ["storageTypes"] = "all" });
    }

    /// <summary>What was written to the pages' consoles since it was last asked, as far as it is a complaint.</summary>
    public IReadOnlyList<string> Complaints() =>
        [.. driver.Manage().Logs.GetLog(LogType.Browser).Where(entry => entry.Level >= OpenQA.Selenium.LogLevel.Warning).Select(entry => entry.Message)];

    /// <summary>Every address on the network that a page has asked since this was last asked.</summary>
    public IReadOnlyList<Uri> Asked() =>
        [.. driver.Manage().Logs.GetLog(LogType.Performance).Select(entry => JsonNode.Parse(entry.Message)!["message"]!)
            .Where(message => $"{message["method"]}" == "Network.requestWillBeSent")
            .Select(message => new Uri($"{message["params"]!["request"]!["url"]}")).Where(address => address.Scheme is not ("blob" or "chrome" or "data"))];

    /// <summary>The files that pages have saved so far.</summary>
    public IReadOnlySet<string> Saved() => Directory.EnumerateFiles(downloads.FullName).ToHashSet();

    /// <summary>The file of this kind that was not there before, once it is whole.</summary>
    public async Task<string> NewlySaved(string kind, IReadOnlySet<string> before)
    {
        var now = await Until.Fact($"a new {kind} file is saved",
            () => Task.FromResult(string.Join('\n', Saved().Except(before))), files => files.Split('\n').Any(IsWanted));
        return now.Split('\n').First(IsWanted);

        bool IsWanted(string file) => file.EndsWith($".{kind}", StringComparison.Ordinal);
    }

    public void Dispose()
    {
        driver.Quit();
        driver.Dispose();
        program.Dispose();
        folder.Delete(recursive: true);
        downloads.Delete(recursive: true);
    }
}
