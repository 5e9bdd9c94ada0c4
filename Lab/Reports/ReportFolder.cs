using TinyResilient.Lab.Reports.Slides;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>
/// Writes a report as a whole or not at all: beside its place first, then renamed. Replaces a report of ours, and nothing else:
/// a folder that holds anything more is refused.
/// </summary>
static class ReportFolder
{
    /// <summary>What a report at this place would fail on; to be asked before a long run.</summary>
    /// <param name="cure">What to do where it cannot be made, as the end of the line.</param>
    /// <returns>Null, or one line that begins with the place.</returns>
    public static string? Obstacle(string directory, string cure = "") => Guarded(directory, full =>
    {
        if (Foreign(directory, full) is { } foreign)
            return foreign;
        var parent = Path.GetDirectoryName(full) ?? full;
        while (!Path.Exists(parent) && Path.GetDirectoryName(parent) is { } above)
            parent = above;
        if (File.Exists(parent))
            return $"{directory} cannot be made: {parent} is a file";
        try
        {
            var draft = Beside(Path.Combine(parent, Path.GetFileName(full)), "draft");
            Directory.CreateDirectory(draft);
            Directory.Delete(draft);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Denied(directory, parent, e, cure);
        }
    });

    /// <param name="directory">Made where it does not exist.</param>
    /// <param name="withPictures">PNG too, where a browser is installed that can draw them.</param>
    /// <param name="tell">Takes what is worth knowing and no failure: why there are no PNGs.</param>
    /// <param name="stop">Ends the drawing of PNGs; all else is written all the same.</param>
    /// <returns>Null, or one line that says why nothing was written.</returns>
    public static string? Write(
        string directory, RunResult result, bool withPictures = true, Action<string>? tell = null, CancellationToken stop = default) =>
        Guarded(directory, full =>
        {
            if (Foreign(directory, full) is { } foreign)
                return foreign;
            var draft = Beside(full, "draft");
            try
            {
                Directory.CreateDirectory(draft);
                Fill(draft, result);
                if (withPictures && Pictures.Draw(draft, new ReportFiles(result), stop) is { } note)
                    tell?.Invoke(note);
                Replace(full, draft);
                return null;
            }
            finally
            {
                if (Directory.Exists(draft))
                    Directory.Delete(draft, recursive: true);
            }
        });

    static void Fill(string folder, RunResult result)
    {
        var files = new ReportFiles(result);
        Text(ResultJson.FileName, ResultJson.Text(result));
        Text(ReportFiles.Markdown, MarkdownReport.Of(result));
        Text(ReportFiles.Page, HtmlReport.Of(result));
        foreach (var chart in files.Charts)
            Text(files.Slide(chart), SvgSlide.Of(chart));
        foreach (var scenario in result.Scenarios)
            Text(files.Table(scenario), CsvTable.Of(scenario));

        void Text(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
    }

    static void Replace(string full, string draft)
    {
        var old = Beside(full, "old");
        if (!Directory.Exists(full))
        {
            Directory.Move(draft, full);
            return;
        }
        Directory.Move(full, old);
        try
        {
            Directory.Move(draft, full);
        }
        catch (IOException)
        {
            Directory.Move(old, full);
            throw;
        }
        Directory.Delete(old, recursive: true);
    }

    /// <summary>Null where nothing is lost by replacing the folder: it does not exist, is empty, or holds a report only.</summary>
    static string? Foreign(string directory, string full)
    {
        if (File.Exists(full))
            return $"{directory} is a file: name a folder for the report";
        if (!Directory.Exists(full) || !Directory.EnumerateFileSystemEntries(full).Any())
            return null;
        if (!File.Exists(Path.Combine(full, ResultJson.FileName)))
            return $"{directory} holds other things than a report: name a new folder";
        if (ResultJson.Read(full, out var earlier) is { } unreadable)
            return $"{unreadable}; so it is not replaced: name a new folder";
        var known = new ReportFiles(earlier!).All.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Directory.EnumerateFileSystemEntries(full).Select(Path.GetFileName).Order(StringComparer.Ordinal).FirstOrDefault(name => !known.Contains(name!))
            is { } other ? $"{directory} also holds {other}, which is no part of a report: name a new folder" : null;
    }

    /// <summary>The place, and who lets nobody in; the message of the exception names a draft that means nothing to its reader.</summary>
    internal static string Denied(string directory, string parent, Exception why, string cure) =>
        $"{directory} cannot be made: {(why is UnauthorizedAccessException ? $"this user may not write to {parent}" : $"{parent} takes no new folder")}{cure}";

    static string Beside(string full, string what) => $"{full}.{what}-{Environment.ProcessId}";

    static string? Guarded(string directory, Func<string, string?> act)
    {
        if (directory is "" || directory.Contains('\0', StringComparison.Ordinal))
            return $"\"{Screen.Visible(directory)}\" names no folder";
        try
        {
            var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
            return act(Directory.Exists(full) ? new DirectoryInfo(full).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full : full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var why = e.Message.Replace(Beside("", "draft"), "", StringComparison.Ordinal).ReplaceLineEndings(" ");
            return $"{directory} takes no report: {why}";
        }
    }
}
