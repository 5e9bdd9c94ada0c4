using TinyResilient.LoadTest;
using Xunit;
using static Specs.LoadTest.Samples;

namespace Specs.LoadTest;

public class ReportSpecs
{
    [Fact]
    public void Tells_below_the_summary_what_else_was_measured_and_ends_with_the_story()
    {
        var report = new Report(
            UsersRun(), Defaults, [new("success>=95", false, 78, "%"), new("ok_p95<600ms", true, 501.028, "ms")]);

        Assert.Equal(
            Summary.Text(UsersRun()) + """

            === beyond the summary ===
            Target: http://localhost:8000/process
            Rate: asked 20.0/s, achieved 20.0/s (200 requests in 10.0 s, even arrivals)

            ms                             avg       p50       p95       p99       max   samples
            response, all               310.11    280.50    702.92    901.25    950.00       200
            response, successful        244.88    240.00    501.03    610.00    612.50       156
            schedule lag                  0.12      0.10      0.15      0.40      2.10       200
              response: from the instant a request was due; service: from its actual send (the same within 1 ms)

            Refused: 40 (20.0 %)
              circuit open: 40
            Failed: 4 (2.0 %)
              upstream 500: 3
              timeout: 1
            No answer: 0
            Attempts per request: 1.11; 1.39 without those refused before the first attempt; theory 1.39
            Seed: 42 (--seed 42 sends the same request ids again)

            ✗ not met: success>=95 (was 78%)
            ✓ met: ok_p95<600ms (was 501.03ms)

            The breaker was seen open from 4.2 s on, for 5.0 s, 40 requests refused; 78.0 % succeeded, without the breaker theory says 97.3 %; about 38 % of runs like this one trip the breaker.

            """,
            report.Text());
    }

    [Fact]
    public void Shows_service_time_where_the_generator_was_late()
    {
        var late = UsersRun() with { Lag = new(200, 40, 30, 80, 90, 95), Service = new(200, 270, 250, 620, 811, 860) };

        Assert.Contains(
            "service, all                270.00    250.00    620.00    811.00    860.00       200\n",
            Details.Text(late, null));
        Assert.DoesNotContain("the same within", Details.Text(late, null));
    }

    [Fact]
    public void Says_how_few_samples_stand_behind_a_percentile() => Assert.Contains(
        "only 3 samples (1 successful) are behind these percentiles",
        Details.Text(Fold(Taking(1, Ok), Taking(2, Failure), Taking(3, Failure)), null));

    [Fact]
    public void Says_what_a_closed_loop_hides()
    {
        var text = Details.Text(UsersRun() with { Options = Options with { Clients = 4 } }, null);

        Assert.Contains("Rate: 20.0/s from 4 clients in a closed loop\n", text);
        Assert.Contains("is hidden: --rps shows it", text);
        Assert.DoesNotContain("schedule lag", text);
        Assert.DoesNotContain("response", text);
    }

    [Fact]
    public void Says_what_it_did_not_count()
    {
        var result = UsersRun() with
        {
            Options = Options with { WarmUp = Ms(2000), MaxInFlight = 50 },
            Interrupted = true,
            Unfinished = 14,
            Counts = UsersRun().Counts with { Dropped = 7 },
        };
        var text = Details.Text(result, null);

        Assert.Contains("Warm-up: 2.0 s before the run, sent but not counted\n", text);
        Assert.Contains("Cut off by the interruption: 14, not counted\n", text);
        Assert.Contains("Dropped: 7, never sent because 50 were in flight; they count as not successful\n", text);
    }
}
