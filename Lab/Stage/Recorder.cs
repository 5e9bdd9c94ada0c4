using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// Records what is on the stage, four times a second, whether somebody looks or not. Ends by itself, and says so, when it has
/// become too long or cannot be written any more; the stage goes on.
/// </summary>
sealed class Recorder : IDisposable
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(2);
    public const long MostBytes = 256L << 20;

    static readonly TimeSpan tick = TimeSpan.FromMilliseconds(250);

    // Frames; what is not flushed does not survive a process that is killed.
    const int FlushedEvery = 4;

    readonly Lock _gate = new();
    readonly RecordingWriter _file;
    readonly IShow _show;
    readonly Action<string> _say;
    readonly TimeProvider _time;
    readonly ITimer _timer;
    readonly long _began, _mostBytes;
    (int Marks, int Arms) _kept;
    bool _hasKnobs;
    long _frames;
    bool _hasEnded;

    /// <param name="say">Gets the line that says why it has ended by itself.</param>
    /// <param name="mostBytes">Of the file.</param>
    public Recorder(RecordingWriter file, IShow show, Action<string> say, TimeProvider time, long mostBytes = MostBytes)
    {
        (_file, _show, _say, _time, _mostBytes, _began) = (file, show, say, time, mostBytes, time.GetTimestamp());
        file.Write(new(0) { History = show.History });
        Record();
        _timer = time.CreateTimer(_ => Record(), null, tick, tick);
    }

    public static RecordingHeader HeaderOf(Origin origin, TimeProvider time) =>
        new(RecordingHeader.Name, RecordingHeader.PresentFormat, time.GetUtcNow(), origin);

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
            End(null);
    }

    // A tick that comes while one is still being written waits for it.
    void Record()
    {
        lock (_gate)
        {
            if (_hasEnded)
                return;
            try
            {
                var (frame, atMs) = (_show.Frame, (long)_time.GetElapsedTime(_began).TotalMilliseconds);
                WriteSetup(atMs);
                if (_kept != (frame.Marks, frame.Arms))
                {
                    _kept = (frame.Marks, frame.Arms);
                    _file.Write(new(atMs) { Kept = _show.History with { Seconds = [], Events = [] } });
                }
                _file.Write(new(atMs) { Frame = frame });
                if (_frames++ % FlushedEvery == 0)
                    _file.Flush();
                if (_time.GetElapsedTime(_began) >= Longest)
                    End($"it has become {Longest.TotalHours:0} h long");
                else if (_file.Bytes >= _mostBytes)
                    End($"it has become {_mostBytes >> 20} MB large");
            }
            catch (IOException e)
            {
                _hasEnded = true;
                _say($"The recording ends here, and can be replayed up to here: {e.Message}");
            }
        }
    }

    // Knobs are known when ServiceA has told of them, and that may be after the first frame.
    void WriteSetup(long atMs)
    {
        if (_hasKnobs)
            return;
        var setup = _show.Setup;
        _hasKnobs = setup.Knobs.Count > 0;
        if (_frames == 0 || _hasKnobs)
            _file.Write(new(atMs) { Setup = setup });
    }

    void End(string? because)
    {
        if (_hasEnded)
            return;
        _hasEnded = true;
        try
        {
            _file.Write(new((long)_time.GetElapsedTime(_began).TotalMilliseconds) { End = new(because) });
            _file.Dispose();
            if (because is not null)
                _say($"The recording ends here: {because}. The stage goes on.");
        }
        catch (IOException e)
        {
            _say($"The end of the recording could not be written: {e.Message}");
        }
    }
}
