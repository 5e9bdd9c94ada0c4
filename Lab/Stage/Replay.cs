namespace TinyResilient.Lab.Stage;

/// <summary>
/// Shows a recording as it happened, at its own pace, and without any service. At its end it begins again, or stays with the
/// last frame. Reads ahead of nothing: it needs the memory of one frame, however long the recording is.
/// </summary>
sealed class Replay : IShow, IDisposable
{
    static readonly TimeSpan tick = TimeSpan.FromMilliseconds(125);

    readonly Lock _gate = new();
    readonly Stream _file;
    readonly string _name;
    readonly TimeProvider _time;
    readonly ITimer _timer;
    readonly ReplayHistory _history = new();
    readonly bool _loops;
    RecordingReader _reader;
    RecordingLine? _next;
    Setup? _setup;
    Frame _frame = null!;
    long _began, _atMs;

    /// <param name="file">Is disposed with this.</param>
    /// <param name="name">Of the file, for complaints.</param>
    /// <exception cref="RecordingException">It is no recording, or has no whole frame.</exception>
    public Replay(Stream file, string name, bool loops, TimeProvider time)
    {
        (_file, _name, _loops, _time) = (file, name, loops, time);
        (LengthMs, IsWhole, Header) = Examine();
        _reader = Begin();
        _timer = time.CreateTimer(_ => Advance(), null, tick, tick);
    }

    /// <exception cref="RecordingException">As of the constructor, or there is no such file.</exception>
    public static Replay Open(string path, bool loops, TimeProvider time)
    {
        try
        {
            var file = File.OpenRead(path);
            try
            {
                return new(file, path, loops, time);
            }
            catch (RecordingException)
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new RecordingException(File.Exists(path) ? $"{path} cannot be read: {e.Message}" : $"there is no file {path}");
        }
    }

    public RecordingHeader Header { get; }

    public long LengthMs { get; }

    /// <summary>False where the recording was cut off.</summary>
    public bool IsWhole { get; }

    public Setup Setup
    {
        get
        {
            lock (_gate)
                return _setup! with { CanSignal = false, CannotSignalBecause = "this is a replay" };
        }
    }

    public Frame Frame
    {
        get
        {
            lock (_gate)
                return _frame with { Mode = StageMode.Replay, Replay = new(Header.RecordedAt, _atMs / 1_000.0, LengthMs / 1_000.0, Header.Clock) };
        }
    }

    public History History
    {
        get
        {
            lock (_gate)
                return _history.Now;
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            _reader.Dispose();
            _file.Dispose();
        }
    }

    // All of it once, so that its length is known, and nobody meets a bad line on stage.
    (long, bool, RecordingHeader) Examine()
    {
        using var reader = RecordingReader.Open(_file, _name);
        var (lengthMs, hasFrame, isWhole) = (0L, false, false);
        while (reader.Next() is { } line)
        {
            lengthMs = line.Frame is not null || line.End is not null ? line.AtMs : lengthMs;
            _setup = line.Setup ?? _setup; // the last knows most
            hasFrame |= line.Frame is not null;
            isWhole |= line.End is not null;
        }
        return _setup is not null && hasFrame ? (lengthMs, isWhole, reader.Header)
            : throw new RecordingException($"{_name} is cut short: it has not one whole frame");
    }

    void Advance()
    {
        lock (_gate)
        {
            var nowMs = (long)_time.GetElapsedTime(_began).TotalMilliseconds;
            if (nowMs > LengthMs && _loops)
            {
                _reader.Dispose();
                _reader = Begin();
                return;
            }
            _atMs = Math.Min(nowMs, LengthMs);
            while (_next is { } line && line.AtMs <= nowMs)
                Take(line, _reader);
        }
    }

    RecordingReader Begin()
    {
        var reader = RecordingReader.Open(_file, _name);
        _history.Clear();
        (_began, _atMs, _next) = (_time.GetTimestamp(), 0, reader.Next());
        while (_next is { } line && (line.AtMs == 0 || _frame is null))
            Take(line, reader);
        return reader;
    }

    void Take(RecordingLine line, RecordingReader reader)
    {
        _history.Take(line);
        _frame = line.Frame ?? _frame;
        _next = reader.Next();
    }
}
