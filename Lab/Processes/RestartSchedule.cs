namespace TinyResilient.Lab.Processes;

/// <summary>
/// How long to wait before a dead service is started again: long enough to be seen, longer each time it
/// dies young, and short again once it has lived.
/// </summary>
sealed class RestartSchedule
{
    public static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>A service that lived this long has recovered: its next death is a first one.</summary>
    public static readonly TimeSpan Recovered = TimeSpan.FromSeconds(30);

    TimeSpan _next = First;

    /// <summary>The pause after a death.</summary>
    /// <param name="lived">From the start of the process to its end.</param>
    public TimeSpan PauseAfter(TimeSpan lived)
    {
        var pause = lived >= Recovered ? First : _next;
        _next = pause * 2 < Longest ? pause * 2 : Longest;
        return pause;
    }

    /// <summary>
    /// The seconds left at which the countdown says so: the whole pause, then its last three seconds.
    /// </summary>
    public static IEnumerable<int> Countdown(TimeSpan pause)
    {
        var whole = (int)Math.Ceiling(pause.TotalSeconds);
        return Enumerable.Range(1, whole).Reverse().Where(left => left == whole || left <= 3);
    }
}
