namespace TinyResilient.LoadTest;

/// <summary>
/// A file for results that is whole or not there: written beside its place, then renamed. It is
/// opened before the load is sent, so that a path that cannot be written costs nobody a run. Its
/// failures are texts, not exceptions.
/// </summary>
sealed class ResultFile : IDisposable
{
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

        var wrong = Flag.Wrong(option, path, "a file that can be written");
        return Try(() => Claim(path), wrong, out problem);
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
            $"cannot write {path}",
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
        temporary,
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

        var temporary = $"{path}.{Environment.ProcessId}.partial";
        File.WriteAllText(temporary, "");
        return new ResultFile(path, temporary);
    }

    static ResultFile? Try(Func<ResultFile> action, string problemStart, out string? problem)
    {
        try
        {
            problem = null;
            return action();
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = $"{problemStart} ({e.Message})";
            return null;
        }
    }
}
