namespace TinyResilient.Lab.Processes;

/// <summary>Finds programs where the system would, but never in the current folder.</summary>
static class OnPath
{
    /// <summary>Null where there is none.</summary>
    public static string? Find(string program) => Find(program, Environment.GetEnvironmentVariable("PATH") ?? "", OperatingSystem.IsWindows(), File.Exists);

    /// <param name="path">As in the environment.</param>
    internal static string? Find(string program, string path, bool windows, Func<string, bool> exists) =>
        path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Combine(folder, windows ? $"{program}.exe" : program)).FirstOrDefault(exists);
}
