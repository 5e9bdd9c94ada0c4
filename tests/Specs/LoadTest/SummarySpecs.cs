using TinyResilient.LoadTest;
using Xunit;
using static Specs.LoadTest.Samples;

namespace Specs.LoadTest;

public class SummarySpecs
{
    [Fact]
    public void Is_what_users_know_to_the_letter() => Assert.Equal(
        """
        === load test summary ===
        Total requests: 200
        Success: 156 (78.0%)

        Latency (all):
          avg: 310.11ms
          p95: 702.92ms

        Latency (successful only):
          avg: 244.88ms
          p95: 501.03ms

        Breaker states seen:
          closed: 126
          half_open: 21
          open: 53

        """,
        Summary.Text(UsersRun()));

    [Fact]
    public void Keeps_its_lines_when_there_is_nothing_to_tell() => Assert.Equal(
        """
        === load test summary ===
        Total requests: 0
        Success: 0 (n/a)

        Latency (all):
          avg: n/a
          p95: n/a

        Latency (successful only):
          avg: n/a
          p95: n/a

        Breaker states seen:
          closed: 0
          half_open: 0
          open: 0

        """,
        Summary.Text(Fold()));

    [Fact]
    public void Adds_a_line_for_answers_that_told_no_state_only_if_there_were_any()
    {
        Assert.EndsWith(
            "  closed: 1\n  half_open: 0\n  open: 0\n  unknown: 2\n",
            Summary.Text(Fold(Taking(1, Ok), Taking(1, Answer.None("x")), Taking(1, Answer.None("x")))));
        Assert.DoesNotContain("unknown", Summary.Text(Fold(Taking(1, Ok))));
    }
}
