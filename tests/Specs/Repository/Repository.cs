namespace Specs.Repository;

/// <summary>The files of the repository that the specs were built from.</summary>
static class Files
{
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exist(string path)
    {
        var full = Path.Combine(Root, path);
        return File.Exists(full) || Directory.Exists(full);
    }

    /// <summary>Paths of all files with this ending that are ours, relative to the root, with forward slashes.</summary>
    public static IEnumerable<string> All(string ending) =>
        Directory.EnumerateFiles(Root, "*" + ending, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or ".git" or "reports" or "TestResults"));

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "TinyResilient.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }
}
