using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// Writes a recording: JSON lines in a gzip file that `zcat` reads. What was flushed survives the process, whatever ends it,
/// because every flush ends a block of the compressor. Not safe for concurrent use.
/// </summary>
/// <exception cref="IOException">From every method: the disk is full, or gone.</exception>
sealed class RecordingWriter : IDisposable
{
    static readonly JsonSerializerOptions lines = new(Json.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    readonly Stream _file;
    readonly GZipStream _zip;

    public RecordingWriter(Stream file, RecordingHeader header)
    {
        (_file, _zip) = (file, new GZipStream(file, CompressionLevel.Optimal));
        Write(new(0) { Header = header });
    }

    /// <summary>Why nothing can be recorded there, as far as that can be known before; null: nothing speaks against it.</summary>
    public static string? Obstacle(string path) =>
        string.IsNullOrWhiteSpace(path) ? "needs the name of a file"
        : File.Exists(path) || Directory.Exists(path) ? $"{path} is there already, and a recording replaces nothing: name another file"
        : Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder) ? $"{path} is in no folder: there is no {folder}"
        : null;

    /// <summary>A new file, which must not be there yet.</summary>
    /// <returns>A complaint where it cannot be written; then there is no file.</returns>
    public static (RecordingWriter? Writer, string? Complaint) Create(string path, RecordingHeader header)
    {
        if (Obstacle(path) is { } obstacle)
            return (null, obstacle);
        try
        {
            return (new(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), header), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, $"{path} cannot be written: {e.Message}");
        }
    }

    /// <summary>Bytes in the file so far; what is not flushed is not in it.</summary>
    public long Bytes => _file.Position;

    public void Write(RecordingLine line)
    {
        JsonSerializer.Serialize(_zip, line, lines);
        _zip.WriteByte((byte)'\n');
    }

    public void Flush()
    {
        _zip.Flush();
        _file.Flush();
    }

    public void Dispose()
    {
        _zip.Dispose();
        _file.Dispose();
    }
}
