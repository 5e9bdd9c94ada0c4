using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Stage;

/// <summary>A file is no recording, or none that can be replayed; the line says why.</summary>
sealed class RecordingException(string line) : Exception(line);

/// <summary>
/// Reads a recording line by line, and needs the memory of one. A recording that was cut off ends with its last whole line.
/// </summary>
sealed class RecordingReader : IDisposable
{
    // A frame of two pools of 10,000 workers has about a megabyte.
    const int LongestLine = 8 << 20;

    readonly GZipStream _zip;
    readonly ArrayBufferWriter<byte> _line = new();
    readonly byte[] _read = new byte[16 << 10];
    int _next, _end;

    RecordingReader(Stream file) => _zip = new(file, CompressionMode.Decompress, leaveOpen: true);

    public RecordingHeader Header { get; private set; } = null!;

    /// <summary>Begins at the beginning of the file, which stays open when this is disposed.</summary>
    /// <param name="name">For complaints.</param>
    /// <exception cref="RecordingException">It is no recording, or one of another format.</exception>
    public static RecordingReader Open(Stream file, string name)
    {
        file.Position = 0;
        var reader = new RecordingReader(file);
        if (reader.FirstHeader() is not { Recording: RecordingHeader.Name } header)
            throw new RecordingException($"{name} is no recording of a stage");
        if (header.Format != RecordingHeader.PresentFormat)
        {
            throw new RecordingException($"{name} is a recording of format {header.Format}, made by version {header.Origin.Version}; "
                + $"this version reads format {RecordingHeader.PresentFormat}");
        }
        reader.Header = header;
        return reader;
    }

    /// <summary>Null at the end, and where the rest is cut off.</summary>
    /// <exception cref="RecordingException">Here stands something else than a recording has.</exception>
    public RecordingLine? Next()
    {
        if (!ReadLine())
            return null;
        try
        {
            return JsonSerializer.Deserialize<RecordingLine>(_line.WrittenSpan, Json.Options);
        }
        catch (JsonException e)
        {
            throw new RecordingException($"a line cannot be read: {e.Message}");
        }
    }

    public void Dispose() => _zip.Dispose();

    // Whatever else it may be
    RecordingHeader? FirstHeader()
    {
        try
        {
            return Next()?.Header;
        }
        catch (RecordingException)
        {
            return null;
        }
    }

    bool ReadLine()
    {
        _line.ResetWrittenCount();
        while (true)
        {
            var rest = _read.AsSpan(_next.._end);
            var at = rest.IndexOf((byte)'\n');
            _line.Write(at < 0 ? rest : rest[..at]);
            if (_line.WrittenCount > LongestLine)
                throw new RecordingException("it has a line that is too long");
            if (at >= 0)
            {
                _next += at + 1;
                return true;
            }
            (_next, _end) = (0, Read());
            if (_end == 0)
                return false;
        }
    }

    // Nothing where the file is cut off, is no gzip file, or its disk has gone.
    int Read()
    {
        try
        {
            return _zip.Read(_read);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return 0;
        }
    }
}
