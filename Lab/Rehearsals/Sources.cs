namespace TinyResilient.Lab.Rehearsals;

/// <summary>Where the sources of a program stand that was built beside them.</summary>
static class Sources
{
    /// <param name="program">Folder of Lab's program: <c>…/Lab/bin/Debug/net10.0/</c>.</param>
    /// <returns>The root of the repository, null where there is none; and from a project to its program: <c>bin/Debug/net10.0</c>.</returns>
    public static (string? Root, string Build) Find(string program)
    {
        var parts = Path.TrimEndingDirectorySeparator(program).Split(Path.DirectorySeparatorChar);
        var lab = Array.LastIndexOf(parts, "Lab");
        var root = lab < 0 ? null : string.Join(Path.DirectorySeparatorChar, parts[..lab]);
        return root is not null && File.Exists(Path.Combine(root, "TinyResilient.sln"))
            ? (root, Path.Combine(parts[(lab + 1)..])) : (null, "");
    }
}
