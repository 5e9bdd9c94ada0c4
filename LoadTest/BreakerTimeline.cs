namespace TinyResilient.LoadTest;

/// <summary>What the answers told about an open breaker over time.</summary>
/// <param name="Times">How often it was seen to open.</param>
/// <param name="FirstSeen">First answer that told open, from the start of the run.</param>
/// <param name="Total">From seeing it open to seeing it no longer open, over all times.</param>
/// <param name="FromTheStart">No answer before told anything else: it was open already.</param>
/// <param name="ToTheEnd">No answer told anything else afterwards.</param>
public sealed record BreakerOpen(
    int Times, TimeSpan FirstSeen, TimeSpan Total, bool FromTheStart, bool ToTheEnd);

/// <summary>
/// Follows the breaker by the states in the answers, in the order of their arrival. It sees what a
/// client sees: an opening between two answers is noticed with the second one.
/// </summary>
sealed class BreakerTimeline
{
    // Answers overtake each other: a state that was gone for less than this is no transition
    static readonly TimeSpan Overtaking = TimeSpan.FromMilliseconds(100);

    int times;
    bool fromTheStart = true;
    TimeSpan first;
    TimeSpan earlier;
    TimeSpan openSince;
    TimeSpan lastOpen;
    TimeSpan? endedAt;

    public void Add(TimeSpan at, BreakerState state)
    {
        if (state == BreakerState.Open)
        {
            AddOpen(at);
        }
        else
        {
            fromTheStart &= times > 0;
            endedAt ??= at;
        }
    }

    /// <summary>Null when no answer told open.</summary>
    public BreakerOpen? Story() => times == 0
        ? null
        : new(times, first, earlier + Spell, fromTheStart, endedAt is null);

    TimeSpan Spell => (endedAt ?? lastOpen) - openSince;

    void AddOpen(TimeSpan at)
    {
        if (times == 0)
        {
            (times, first, openSince) = (1, at, at);
        }
        else if (at - endedAt > Overtaking)
        {
            earlier += Spell;
            (times, openSince) = (times + 1, at);
        }

        (lastOpen, endedAt) = (at, null);
    }
}
