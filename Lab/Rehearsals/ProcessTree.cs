using System.Globalization;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>Processes and what they hold, as Linux shows them. What ends while one looks is not there.</summary>
static class ProcessTree
{
    /// <summary>A process and all that stem from it.</summary>
    public static IReadOnlyList<int> Of(int root) => Of(root, [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out _)).Select(name => (Pid: int.Parse(name!, CultureInfo.InvariantCulture), Parent: ParentOf(SystemFile.Line($"/proc/{name}", "stat"))))]);

    internal static IReadOnlyList<int> Of(int root, IReadOnlyList<(int Pid, int Parent)> all)
    {
        List<int> tree = [root];
        for (var index = 0; index < tree.Count; index++)
            tree.AddRange(all.Where(one => one.Parent == tree[index]).Select(one => one.Pid));
        return tree;
    }

    /// <summary>"12 (any name) S 7 …": the parent is 7.</summary>
    internal static int ParentOf(string? stat)
    {
        var fields = stat?[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Inodes of the sockets that it has open.</summary>
    public static IEnumerable<string> Sockets(int pid)
    {
        string[] handles = [];
        try
        {
            handles = Directory.GetFiles($"/proc/{pid}/fd");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is none of ours.
        }
        return handles.Select(Target).OfType<string>().Where(target => target.StartsWith("socket:[", StringComparison.Ordinal)).Select(target => target[8..^1]);
    }

    static string? Target(string handle)
    {
        try
        {
            return new FileInfo(handle).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
