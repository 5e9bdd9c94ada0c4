using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Running;

/// <summary>What one lane did in one run of an arm: every request by its number, then the books.</summary>
sealed class LaneMeter(string lane, long seed, Arm arm)
{
    readonly Sample?[] _samples = new Sample?[arm.Requests];

    public string Lane => lane;

    public LoadResult Result { get; set; } = null!;

    /// <summary>Called by the load generator, one request at a time.</summary>
    public void Add(Sample sample) =>
        _samples[int.Parse(sample.Id.AsSpan(sample.Id.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture) - 1] = sample;

    /// <param name="isExact">Whether the same seed gives the same instants.</param>
    /// <param name="kills">How often a ServiceB was killed, with its books; null: none was to be.</param>
    public LaneRun Close(Books books, ServiceStates states, int? kills, bool isExact = false)
    {
        Fate[] fates = [.. _samples.Select(Fate)];
        var course = RequestCourse.Of(fates);
        var perRequest = 1.0 / Math.Max(1, arm.Requests);
        var counts = Result.Counts;
        var measures = new Dictionary<string, double>(course.Measures)
        {
            [Measure.Refused] = counts.Refused * perRequest,
            [Measure.TimedOut] = (books.HasGateway ? books.Request("timed_out") : GatewayTimeouts) * perRequest,
            [Measure.Failed] = (books.HasGateway ? books.Request("failed") : counts.Failed - GatewayTimeouts) * perRequest,
            [Measure.Unanswered] = (counts.NoAnswer + counts.Dropped) * perRequest,
            [Measure.Work] = books.Done * perRequest,
            [Measure.Begun] = books.Begun * perRequest,
            [Measure.Wasted] = books.Wasted(counts.Succeeded) * perRequest,
            [Measure.Lost] = books.Work("lost") * perRequest,
            [Measure.Twice] = books.Effect("duplicate") * perRequest,
            [Measure.Restarts] = states.WorkersOf(Lane).Sum(worker => (double?)worker?["restarts"] ?? 0),
            [Measure.WorkersLeft] = states.WorkersOf(Lane).Select(worker => $"{worker?["state"]}" == "stopped" ? 0.0 : 1.0).DefaultIfEmpty().Average(),
            [Measure.Lag] = Result.Lag?.P99Ms ?? 0,
            [Measure.Pause] = states.LongestPauseMs,
            [Measure.Lateness] = states.MeanLatenessMs,
        };
        if (!books.HasGateway) // its answers tell no attempts; ServiceB knows them
            measures[Measure.Attempts] = books.Work("received") * perRequest;
        if (arm.FaultEndS is { } end)
        {
            measures[Measure.AfterFaultS] = arm.Seconds - end;
            if (Recovery.After(end, fates) is { } seconds)
                measures[Measure.RecoveryS] = seconds;
        }
        if (kills is { } times)
            measures[Measure.ProcessRestarts] = times;
        return new(lane, seed, measures, course.Curve, OutcomeHash(), books.Unbalanced(counts, isKilled: kills is not null),
            isExact ? Digest() : null);
    }

    // What a proxy answers after a timeout.
    long GatewayTimeouts => Result.Causes.Where(cause => cause.Cause == "HTTP 504").Sum(cause => cause.Count);

    // One that was never sent has no instants; it was due at its place.
    Fate Fate(Sample? sample, int index) => sample is { } sent
        ? new(sent.Intended.TotalSeconds, sent.Ended.TotalSeconds, sent.Answer.Outcome == Outcome.Succeeded, sent.Answer.Attempts ?? 0,
            sent.Answer.Breaker is not (null or BreakerState.Closed))
        : new(index / arm.Rate, index / arm.Rate, false, 0, false);

    string OutcomeHash() => HashOf(sample => $"{sample.Answer.Outcome}{sample.Answer.Attempts}");

    string Digest() => HashOf(sample => string.Create(CultureInfo.InvariantCulture,
        $"{sample.Answer.Outcome},{sample.Answer.Cause},{sample.Answer.Attempts},{sample.Answer.Breaker},{sample.Ended.TotalMilliseconds:0.00}"));

    string HashOf(Func<Sample, string> words)
    {
        var text = new StringBuilder();
        foreach (var sample in _samples)
            text.Append(sample is { } sent ? words(sent) : "").Append(';');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }
}
