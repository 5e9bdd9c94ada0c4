namespace TinyResilient.Lab.Rehearsals;

/// <summary>Files in which Linux tells of itself.</summary>
static class SystemFile
{
    /// <summary>The first line; null where there is none to be read.</summary>
    public static string? Line(string folder, string name)
    {
        try
        {
            return File.ReadLines(Path.Combine(folder, name)).FirstOrDefault()?.Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
