namespace TinyResilient.Lab.Rehearsals;

/// <summary>One project of the lab, as it was built and as its sources stand.</summary>
/// <param name="BuiltAt">Null: it is not built.</param>
/// <param name="NewestAt">When the newest of its sources was written; null: there are no sources here.</param>
/// <param name="Newest">That source.</param>
sealed record BuiltProject(string Name, DateTime? BuiltAt, DateTime? NewestAt, string? Newest);

/// <summary>Is what will run on stage what stands in the sources?</summary>
static class BuildCheck
{
    // What a build reads. Other files may be newer than it.
    static readonly string[] sources = [".cs", ".csproj", ".js", ".css", ".html"];

    /// <param name="configuration"><c>Debug</c> or <c>Release</c>: of the programs that run.</param>
    public static Finding OfProgram(string version, string configuration, IReadOnlyList<BuiltProject> projects)
    {
        var what = $"{version}, {configuration}";
        if (projects.FirstOrDefault(project => project.BuiltAt is null) is { } missing)
            return Finding.Red("build", $"{what}: {missing.Name} is not built", "dotnet build");
        return projects.FirstOrDefault(project => project.NewestAt > project.BuiltAt) is { } stale
            ? Finding.Red("build", $"{what}: {stale.Name} is older than its source {stale.Newest}", "dotnet build")
            : Finding.Green("build", $"{what}, {(projects.Any(project => project.NewestAt is not null) ? "newer than every source" : "without sources beside it")}");
    }

    /// <param name="version">What <c>dotnet --version</c> says in the repository, where it ended well.</param>
    /// <param name="complaint">What it said otherwise.</param>
    public static Finding OfSdk(string? version, string complaint, string runtime) => version is not null
        ? Finding.Green("SDK", $"{version}, {runtime}")
        : Finding.Red("SDK", complaint, "install the .NET SDK that global.json names; without it ./tiny cannot start");

    /// <param name="root">Of the repository.</param>
    /// <param name="build">From a project's folder to its program: <c>bin/Debug/net10.0</c>.</param>
    public static BuiltProject Read(string root, string project, string build)
    {
        var folder = Path.Combine(root, project);
        var program = Path.Combine(folder, build, $"{project}.dll");
        var newest = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(file => sources.Contains(file.Extension) && !Path.GetRelativePath(folder, file.FullName).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .MaxBy(file => file.LastWriteTimeUtc);
        return new(project, File.Exists(program) ? File.GetLastWriteTimeUtc(program) : null, newest?.LastWriteTimeUtc,
            newest is null ? null : Path.GetRelativePath(root, newest.FullName));
    }
}
