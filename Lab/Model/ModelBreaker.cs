namespace TinyResilient.Lab.Model;

/// <summary>
/// A breaker with one probe: closed, open for a cool-down, then half-open until the probe's outcome. A result from
/// before the last trip counts neither way; a probe that was refused or came too late has not shown health, and counts
/// as failure.
/// </summary>
sealed class ModelBreaker(ModelPolicy policy, Timeline timeline, ModelCounts counts)
{
    readonly Queue<(double Time, bool Failed)> window = [];
    readonly double coolDown = policy.Breaker?.CoolDown ?? policy.Ratio?.CoolDown ?? 0;
    int inARow, failedInWindow;
    double? openUntil;
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

        if (policy.Ratio is not { } ratio) return false;
        window.Enqueue((timeline.Now, failed));
        if (failed) failedInWindow++;
        while (window.Peek().Time < timeline.Now - ratio.Window)
            if (window.Dequeue().Failed) failedInWindow--;
        return window.Count >= ratio.MinimumCalls && failedInWindow >= ratio.Ratio * window.Count;
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
        (inARow, failedInWindow) = (0, 0);
        window.Clear();
    }
}
