namespace TinyResilient.Lab.Talks;

/// <summary>A talk from a file.</summary>
static class TalkFile
{
    /// <summary>More than any talk needs.</summary>
    const int MostBytes = 1_000_000;

    const int MostProblems = 10;

    /// <param name="check">What is wrong with a command, or null.</param>
    /// <param name="problems">One line each, and not too many.</param>
    /// <returns>Null where there are problems.</returns>
    public static Talk? Read(string path, Func<TypedCommand, string?> check, out IReadOnlyList<string> problems)
    {
        if (Lines(path, out var unreadable) is not { } lines)
        {
            problems = [unreadable];
            return null;
        }
        var talk = TalkReader.Read(path, lines, check, out problems);
        if (problems.Count > MostProblems)
            problems = [.. problems.Take(MostProblems), $"{path}: {problems.Count - MostProblems} more like these"];
        return talk;
    }

    static string[]? Lines(string path, out string problem)
    {
        problem = "";
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes } large)
                problem = $"{path} has {large.Length:N0} bytes, and a talk has at most {MostBytes:N0}";
            return problem.Length == 0 ? File.ReadAllLines(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = $"{path} cannot be read: {e.Message}";
            return null;
        }
    }
}
