namespace TinyResilient.LoadTest;

/// <summary>What the answers told about the breaker over time.</summary>
/// <param name="Times">How often it was seen to open.</param>
/// <param name="FirstSeen">First answer that told open, from the start of the run.</param>
/// <param name="Total">Time from seeing it open to seeing it no longer open, over all times.</param>
/// <param name="FromTheStart">No answer before it told anything else: it was open already.</param>
/// <param name="ToTheEnd">No answer told anything else afterwards.</param>
public sealed record BreakerOpen(int Times, TimeSpan FirstSeen, TimeSpan Total, bool FromTheStart, bool ToTheEnd);

/// <summary>
/// Follows the breaker by the states in the answers, in the order of their arrival. It sees what a client sees: an
/// opening between two answers is noticed with the second one.
/// </summary>
sealed class BreakerTimeline
{
    // Answers overtake each other on their way: a state gone by for less than this is not a transition
    static readonly TimeSpan Overtaking = TimeSpan.FromMilliseconds(100);

    int times;
    bool seenOther;
    bool fromTheStart;
    TimeSpan first;
    TimeSpan closedSpells;
    TimeSpan openSince;
    TimeSpan lastOpen;
    TimeSpan? otherSince;

    public void Add(TimeSpan at, BreakerState state)
    {
        if (state != BreakerState.Open)
        {
            seenOther = true;
            otherSince ??= at;
        }
        else
        {
            Open(at);
        }
    }

    /// <summary>Null when no answer told open.</summary>
    public BreakerOpen? Story() => times == 0
        ? null
        : new(times, first, closedSpells + ((otherSince ?? lastOpen) - openSince), fromTheStart, otherSince is null);

    void Open(TimeSpan at)
    {
        if (times == 0)
        {
            (times, first, openSince, fromTheStart) = (1, at, at, !seenOther);
        }
        else if (otherSince is { } ended && at - ended > Overtaking)
        {
            closedSpells += ended - openSince;
            (times, openSince) = (times + 1, at);
        }

        otherSince = null;
        lastOpen = at;
    }
}
