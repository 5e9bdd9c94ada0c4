using Prometheus;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>Requests of one lane: sent = succeeded + failed + refused + timed_out + caller_gone + in_flight.</summary>
public sealed record RequestCounts(
    long Sent, long Succeeded, long Failed, long Refused, long TimedOut, long CallerGone, long InFlight);

/// <summary>The books of one lane: requests, their metrics, retries. Safe to call from any thread.</summary>
public sealed class RequestBooks
{
    readonly Tally tally = new(Enum.GetValues<RequestOutcome>().Length);
    readonly Counter.Child[] requests;
    readonly Histogram.Child[] durations;
    readonly Counter.Child retries;
    readonly Gauge.Child inFlight;

    public RequestBooks(IMetricFactory factory, string lane)
    {
        var ends = factory.CreateCounter("tiny_requests_total", "Requests that ended, by how they ended.", ["lane", "outcome"]);
        var times = factory.CreateHistogram("tiny_request_duration_seconds", "Time from a request's arrival to its answer.",
            ["lane", "outcome"], new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.001, 2, 16) });
        retries = factory.CreateCounter("tiny_retries_total", "Attempts after the first.", ["lane"]).WithLabels(lane);
        inFlight = factory.CreateGauge("tiny_in_flight", "Requests that wait for their answer.", ["lane"]).WithLabels(lane);
        requests = [.. Enum.GetValues<RequestOutcome>().Select(outcome => ends.WithLabels(lane, outcome.Word()))];
        durations = [.. Enum.GetValues<RequestOutcome>().Select(outcome => times.WithLabels(lane, outcome.Word()))];
    }

    public void Began()
    {
        tally.Began();
        inFlight.Inc();
    }

    public void Ended(CallResult result, TimeSpan took)
    {
        tally.Ended((int)result.Outcome);
        inFlight.Dec();
        requests[(int)result.Outcome].Inc();
        durations[(int)result.Outcome].Observe(took.TotalSeconds);
        if (result.Attempts > 1) retries.Inc(result.Attempts - 1);
    }

    public RequestCounts Counts()
    {
        var (sent, ended, inFlight) = tally.Read();
        long Of(RequestOutcome outcome) => ended[(int)outcome];
        return new RequestCounts(sent, Of(RequestOutcome.Succeeded), Of(RequestOutcome.Failed), Of(RequestOutcome.Refused),
            Of(RequestOutcome.TimedOut), Of(RequestOutcome.CallerGone), inFlight);
    }

    /// <summary>Empties the ledger; what is in flight counts as sent again, so that it balances.</summary>
    public void Reset() => tally.Reset();
}
