namespace TinyResilient.LoadTest;

/// <summary>
/// A file for results that is whole or not there: written beside its place, then renamed. It is
/// opened before the load is sent, so that a path that cannot be written costs nobody a run. Its
/// failures are texts, not exceptions.
/// </summary>
sealed class ResultFile : IDisposable
{
    static readonly string Ending = $".{Environment.ProcessId}.partial";

    readonly string path;
    readonly string temporary;

    ResultFile(string path, string temporary) => (this.path, this.temporary) = (path, temporary);

    /// <summary>Claims a path; what is there already stays until the results are written.</summary>
    /// <param name="option">Names the path in a problem.</param>
    /// <param name="path">Null: no file is wanted.</param>
    /// <param name="problem">Why it cannot be written; null when it can.</param>
    public static ResultFile? Open(string option, string? path, out string? problem)
    {
        problem = null;
        if (path is null)
        {
            return null;
        }

        var wrong = Flag.Wrong(option, path is "" ? "\"\"" : path, "a file that can be written");
        return Try(() => Claim(path), e => $"{wrong} ({Reason(path, e)})", out problem);
    }

    /// <summary>Puts the results in place; the problem, if they could not be.</summary>
    public string? Write(string text)
    {
        Try(
            () =>
            {
                File.WriteAllText(temporary, text);
                File.Move(temporary, path, overwrite: true);
                return this;
            },
            e => $"cannot write {path} ({Words(e)})",
            out var problem);
        return problem;
    }

    /// <summary>Removes what was never put in place.</summary>
    public void Dispose() => Try(
        () =>
        {
            File.Delete(temporary);
            return this;
        },
        Words,
        out _);

    static ResultFile Claim(string path)
    {
        // A rename would put a file where the link was, or the device
        path = new FileInfo(path).LinkTarget is null
            ? Path.GetFullPath(path)
            : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;
        if (path.StartsWith("/dev/", StringComparison.Ordinal))
        {
            throw new IOException("it is a device");
        }

        if (Path.Exists(path))
        {
            using var present = new FileStream(path, FileMode.Open, FileAccess.Write);
        }

        var temporary = path + Ending;
        File.WriteAllText(temporary, "");
        return new ResultFile(path, temporary);
    }

    static string Reason(string path, Exception e) => path switch
    {
        "" => "it is empty",
        _ when Directory.Exists(path) => "it is a folder",
        _ when e is ArgumentException => "it is no path",
        _ when Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder) =>
            File.Exists(folder) ? $"{folder} is a file" : $"there is no folder {folder}",
        _ when e is UnauthorizedAccessException => "this user may not write there",
        _ => Words(e),
    };

    // The file beside it means nothing to whoever gave the path
    static string Words(Exception e) => e.Message.Replace(Ending, "", StringComparison.Ordinal);

    static ResultFile? Try(
        Func<ResultFile> action, Func<Exception, string> tell, out string? problem)
    {
        try
        {
            problem = null;
            return action();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = tell(e);
            return null;
        }
    }
}
