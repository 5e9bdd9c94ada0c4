using System.Text.Json;

namespace TinyResilient.Lab.Processes;

/// <summary>What a running lab tells other commands about itself.</summary>
/// <param name="Lab">The process of `tiny up`.</param>
/// <param name="Services">By name; a service that is being restarted is absent.</param>
/// <param name="Nodes">How many ServiceB it keeps.</param>
sealed record LabProcesses(ProcessIdentity Lab, IReadOnlyDictionary<string, ProcessIdentity> Services, int Nodes = 1);

/// <summary>
/// Hands the identities of a lab's processes from `tiny up` to the commands of a second terminal. Only its
/// user can write or read it; a file that others could have written is not believed. It is removed at exit.
/// </summary>
sealed class RunFile(string folder, int portBase)
{
    const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    static readonly JsonSerializerOptions strict = new()
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static RunFile For(int portBase) => new(Path.GetTempPath(), portBase);

    public string FilePath { get; } =
        Path.Combine(folder, $"tiny-{Environment.UserName.Replace('\\', '-')}-{portBase}.json");

    /// <returns>Null, or one line that says why it could not be written.</returns>
    public string? TryWrite(LabProcesses processes)
    {
        // Written beside it and moved, so that nobody reads half a file.
        var draft = $"{FilePath}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OnlyUser;
        try
        {
            File.Delete(draft);
            using (var stream = new FileStream(draft, options))
                JsonSerializer.Serialize(stream, processes, strict);
            File.Move(draft, FilePath, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"{FilePath} cannot be written, and kill, pause and resume need it: {e.Message}";
        }
    }

    /// <summary>Null when there is none, or none that can be believed.</summary>
    public LabProcesses? Read()
    {
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(FilePath) != OnlyUser)
                return null;
            var processes = JsonSerializer.Deserialize<LabProcesses>(File.ReadAllText(FilePath), strict);
            return processes?.Services.Values.All(service => service is not null) is true ? processes : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Delete()
    {
        try
        {
            File.Delete(FilePath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left behind, it names processes that no longer run, and nobody is signalled.
        }
    }
}
