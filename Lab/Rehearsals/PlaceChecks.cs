using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>Is there what the talk needs beside the lab itself: ports, room on the disk, curl, a browser?</summary>
static class PlaceChecks
{
    /// <summary>Reports and recordings of a talk take some ten of them.</summary>
    public const int LeastMegabytes = 200;

    const double Megabyte = 1024 * 1024;

    public static Finding OfPorts(PortPlan ports, Func<int, bool> isTaken)
    {
        var taken = ports.Needed.Where(needed => isTaken(needed.Port)).ToList();
        return taken.Count == 0 ? Finding.Green("ports", $"{string.Join(", ", ports.Needed.Select(needed => needed.Port))} are free")
            : Finding.Red("ports", $"taken: {string.Join(", ", taken.Select(needed => $"{needed.Port} ({needed.Purpose})"))}",
                "end the lab or whatever listens there, or use --port-base with every command");
    }

    /// <param name="problem">Why nothing can be written there, or null.</param>
    /// <param name="free">Bytes.</param>
    public static Finding OfDisk(string folder, string? problem, long free)
    {
        var megabytes = free / Megabyte;
        return problem is not null ? Finding.Red("disk", $"{folder} cannot be written: {problem}", "start tiny where you may write")
            : megabytes < LeastMegabytes ? Finding.Red("disk", $"{megabytes:0} MB are free in {folder}, {LeastMegabytes} are wanted", "make room")
            : Finding.Green("disk", $"{folder} can be written, {(megabytes < 10_000 ? $"{megabytes:0} MB" : $"{megabytes / 1024:0} GB")} are free, {LeastMegabytes} MB are enough");
    }

    /// <param name="isNeeded">Whether the talk types it.</param>
    public static Finding OfCurl(string? place, bool isNeeded) => place is not null ? Finding.Green("curl", place)
        : isNeeded ? Finding.Red("curl", "not on the PATH, and the talk types it", "install curl")
        : Finding.Green("curl", "not on the PATH, and the talk does without");

    public static Finding OfBrowser(string? place) => place is not null ? Finding.Green("browser", place)
        : Finding.Red("browser", "neither Chromium, Chrome nor Edge was found, for the stage and for slides as PNG", "install one, or open the stage elsewhere and use SVG");

    /// <summary>Writes a file there, and takes it away again.</summary>
    /// <returns>Null, or why not.</returns>
    public static string? Unwritable(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
