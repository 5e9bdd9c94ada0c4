namespace TinyResilient.Lab.Results;

/// <summary>The names of the numbers that every run of an arm gives. Shares are 0..1 of all requests.</summary>
static class Measure
{
    public const string Requests = "requests";
    public const string Success = "success";
    public const string Failed = "failed";
    public const string Refused = "refused";
    public const string TimedOut = "timed_out";

    /// <summary>No answer came, or the request was never sent.</summary>
    public const string Unanswered = "unanswered";

    public const string Attempts = "attempts_per_request";

    /// <summary>Of successful requests, from the instant at which each was due, in milliseconds.</summary>
    public const string P50 = "p50_ms";
    public const string P95 = "p95_ms";
    public const string P99 = "p99_ms";

    /// <summary>Success of the requests that were due in the last fifth of the run.</summary>
    public const string LateSuccess = "late_success";

    /// <summary>From the first request that did not succeed to the last, in seconds.</summary>
    public const string TroubleS = "trouble_s";

    /// <summary>Most answers within any 200 ms of the run, as a share of all requests.</summary>
    public const string Peak = "peak_200ms";

    /// <summary>Requests whose answer told a breaker that is not closed.</summary>
    public const string OpenShare = "open_share";

    /// <summary>Work done in ServiceB, per request.</summary>
    public const string Work = "work_per_request";

    /// <summary>Work that workers of ServiceB have taken, whatever became of it, per request.</summary>
    public const string Begun = "begun_per_request";

    /// <summary>Where the fault ends before the run: seconds from there until goodput is back for good; none when it does not come back.</summary>
    public const string RecoveryS = "recovery_s";

    /// <summary>Where the fault ends before the run: how long the run goes on, in seconds.</summary>
    public const string AfterFaultS = "after_fault_s";

    /// <summary>Work that was done and became no success of a request, per request.</summary>
    public const string Wasted = "wasted_per_request";

    /// <summary>Accepted, never done, never answered, per request.</summary>
    public const string Lost = "lost_per_request";

    /// <summary>Work done again for a request for which it had been done, per request.</summary>
    public const string Twice = "done_twice_per_request";

    /// <summary>Workers restarted or replaced.</summary>
    public const string Restarts = "restarts";

    /// <summary>How often the ServiceB process was killed and started again; only where it may be.</summary>
    public const string ProcessRestarts = "process_restarts";

    /// <summary>Workers of the pool that took work at the end of the run, as a share of all.</summary>
    public const string WorkersLeft = "workers_left";

    /// <summary>Whether it is a part of the whole, which ends at 1; so much per request does not.</summary>
    public static bool IsShare(string measure) =>
        measure is Success or Failed or Refused or TimedOut or Unanswered or LateSuccess or Peak or OpenShare or WorkersLeft;

    /// <summary>How late the load generator was, 99th percentile, in milliseconds.</summary>
    public const string Lag = "lag_p99_ms";

    /// <summary>How long one of the services stood still at the most, in milliseconds.</summary>
    public const string Pause = "longest_pause_ms";

    /// <summary>How late the timer of the latest of the services came on average, in milliseconds.</summary>
    public const string Lateness = "mean_lateness_ms";
}
