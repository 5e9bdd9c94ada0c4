namespace TinyResilient.Lab.Stage;

/// <summary>Milliseconds since 1970, counted on from the stage's start: never back, whatever is done to the machine's clock.</summary>
sealed class StageClock(TimeProvider time)
{
    readonly long _startMs = time.GetUtcNow().ToUnixTimeMilliseconds();
    readonly long _start = time.GetTimestamp();

    public long NowMs => _startMs + (long)time.GetElapsedTime(_start).TotalMilliseconds;
}
