using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Stage;

/// <summary>Counts of requests and attempts of one lane: since ServiceA's start, or what came in between two looks.</summary>
readonly record struct Flow(long Sent, long Succeeded, long Failed, long Refused, long TimedOut, long CallerGone, long Attempts)
{
    /// <summary>Heard by a client.</summary>
    public long Answers => Succeeded + Failed + Refused + TimedOut;

    public static Flow operator +(Flow one, Flow other) => new(
        one.Sent + other.Sent, one.Succeeded + other.Succeeded, one.Failed + other.Failed, one.Refused + other.Refused,
        one.TimedOut + other.TimedOut, one.CallerGone + other.CallerGone, one.Attempts + other.Attempts);

    public static Flow Of(GatewayLane lane)
    {
        var requests = lane.Requests;
        return new(requests.GetValueOrDefault("sent"), requests.GetValueOrDefault("succeeded"), requests.GetValueOrDefault("failed"),
            requests.GetValueOrDefault("refused"), requests.GetValueOrDefault("timed_out"), requests.GetValueOrDefault("caller_gone"),
            lane.Attempts.GetValueOrDefault("sent"));
    }

    /// <summary>What has come since an earlier count; null where that is of another count, since one of them went down.</summary>
    public Flow? Since(Flow earlier)
    {
        var more = new Flow(Sent - earlier.Sent, Succeeded - earlier.Succeeded, Failed - earlier.Failed, Refused - earlier.Refused,
            TimedOut - earlier.TimedOut, CallerGone - earlier.CallerGone, Attempts - earlier.Attempts);
        return more is { Sent: >= 0, Succeeded: >= 0, Failed: >= 0, Refused: >= 0, TimedOut: >= 0, CallerGone: >= 0, Attempts: >= 0 } ? more : null;
    }
}

/// <summary>
/// Turns the counts of one lane, as they are read now and then, into what happened in the last ten seconds. Counts that
/// begin anew, because ServiceA was started again or reset, begin new differences. Sees no clock.
/// </summary>
sealed class LaneFlow
{
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    readonly Queue<(long AtMs, Flow Flow)> _recent = [];
    (int Pid, Flow Counts)? _last;
    long _sinceMs;

    /// <summary>Takes a look at the counts.</summary>
    /// <param name="pid">Of the process that counts.</param>
    /// <returns>What has come since the last look.</returns>
    public Flow Add(long nowMs, int pid, Flow counts)
    {
        if (_last is null)
            _sinceMs = nowMs;
        var more = _last is var (samePid, before) && samePid == pid ? counts.Since(before) ?? default : default;
        _last = (pid, counts);
        _recent.Enqueue((nowMs, more));
        return more;
    }

    /// <summary>All that came in the last ten seconds.</summary>
    public Flow Recent(long nowMs)
    {
        while (_recent.TryPeek(out var oldest) && oldest.AtMs <= nowMs - Window.TotalMilliseconds)
            _recent.Dequeue();
        return _recent.Aggregate(default(Flow), (sum, one) => sum + one.Flow);
    }

    /// <summary>How many seconds <see cref="Recent"/> covers: fewer than ten at the beginning.</summary>
    public double RecentSeconds(long nowMs) => _last is null ? 0 : Math.Clamp((nowMs - _sinceMs) / 1000.0, 0, Window.TotalSeconds);
}
