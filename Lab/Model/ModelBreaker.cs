namespace TinyResilient.Lab.Model;

/// <summary>
/// A breaker with one probe: closed, open for a cool-down, then half-open until the probe's outcome. A result from
/// before the last trip counts neither way; a probe that was refused or came too late has not shown health, and counts
/// as failure.
/// </summary>
/// <param name="openUntil">When it lets a first probe through, where it is open from the start.</param>
sealed class ModelBreaker(ModelPolicy policy, Timeline timeline, ModelCounts counts, double? openUntil = null)
{
    readonly ModelWindow? window = policy.Ratio is { } ratio ? new(ratio, timeline) : null;
    readonly double coolDown = policy.Breaker?.CoolDown ?? policy.Ratio?.CoolDown ?? 0;
    double? openUntil = openUntil;
    int inARow;
    bool probing;
    int trips;

    /// <summary>A ticket for the result, or null: refused.</summary>
    public (int Trips, bool IsProbe)? Admit()
    {
        if (openUntil is not { } until) return (trips, false);
        if (timeline.Now < until || probing) return null;
        probing = true;
        return (trips, true);
    }

    public void Ended((int Trips, bool IsProbe) ticket, ModelOutcome outcome)
    {
        var good = outcome is ModelOutcome.Succeeded or ModelOutcome.Wrong;
        var bad = outcome is ModelOutcome.Failed or ModelOutcome.Crashed or ModelOutcome.TimedOut;
        if (ticket.IsProbe) EndProbe(good);
        else if (ticket.Trips == trips && (good || bad) && Trips(bad)) Open();
    }

    void EndProbe(bool good)
    {
        probing = false;
        if (good) Clear();
        else Open();
    }

    bool Trips(bool failed)
    {
        if (policy.Breaker is { } breaker)
        {
            inARow = failed ? inARow + 1 : 0;
            return breaker.Failures > 0 && inARow >= breaker.Failures;
        }

        return window?.Trips(failed) == true;
    }

    void Open()
    {
        trips++;
        counts.Trips++;
        Clear();
        openUntil = timeline.Now + coolDown;
    }

    void Clear()
    {
        openUntil = null;
        inARow = 0;
        window?.Clear();
    }
}
