using TinyResilient.LoadTest;
using Xunit;
using static Specs.LoadTest.Samples;

namespace Specs.LoadTest;

public class StorySpecs
{
    static readonly Answer Refused = Answer.None("connection refused");

    [Fact]
    public void Explains_a_run_in_which_the_breaker_stayed_closed() => Assert.Equal(
        "The breaker was never seen open; 75.0 % succeeded, theory says 97.3 %; "
        + "about 38 % of runs like this one trip the breaker and succeed less often.",
        Story.Sentence(Fold(Taking(1, Ok), Taking(1, Ok), Taking(1, Ok), Taking(1, Failure)), Defaults));

    [Fact]
    public void Leaves_theory_out_where_it_has_none() => Assert.Equal(
        "The breaker was never seen open; all 1 succeeded.", Story.Sentence(Fold(Taking(1, Ok)), null));

    [Fact]
    public void Does_not_call_nearly_everything_everything() => Assert.Contains(
        "theory says 99.9973 %", Story.Sentence(Fold(Taking(1, Ok)), new Prediction(99.9973, 1, 0)));

    [Theory]
    [InlineData(2, false, false, "was seen open from 4.2 s on, for 5.0 s in all, 2 times, 40 requests refused")]
    [InlineData(1, true, false, "was open from the first answer on, for 5.0 s, 40 requests refused")]
    [InlineData(1, false, true, "was seen open from 4.2 s on, to the end, 40 requests refused")]
    [InlineData(3, false, true, "was seen open from 4.2 s on, for 5.0 s in all, 3 times and to the end, 40 re")]
    public void Tells_how_the_breaker_was_seen(int times, bool fromTheStart, bool toTheEnd, string expected)
    {
        var open = new BreakerOpen(times, Ms(4200), Ms(5000), fromTheStart, toTheEnd);

        Assert.Contains(expected, Story.Sentence(UsersRun() with { BreakerOpen = open }, null));
    }

    [Fact]
    public void Names_the_usual_cause_when_nothing_succeeded() => Assert.Equal(
        "The breaker was never seen open; none of 2 succeeded (mostly: upstream 500).",
        Story.Sentence(Fold(Taking(1, Failure), Taking(1, Failure)), null));

    [Fact]
    public void Asks_whether_the_target_is_up_when_nobody_answered() => Assert.Equal(
        "No request got an answer (mostly: connection refused): is http://localhost:8000/process up?",
        Story.Sentence(Fold(Taking(1, Refused)), Defaults));

    [Fact]
    public void Tells_when_the_target_went_away() => Assert.Equal(
        "1 request got no answer (mostly: connection refused), the first of them due at 4.2 s; "
        + "the breaker was never seen open; 50.0 % succeeded.",
        Story.Sentence(Fold(Taking(1, Ok), Taking(1, Refused, dueMs: 4200)), null));

    [Fact]
    public void Claims_nothing_about_a_breaker_that_no_answer_mentioned() => Assert.Equal(
        "All 1 succeeded; no answer told a state of the breaker.",
        Story.Sentence(Fold(Taking(1, Ok with { Breaker = null, Attempts = null })), Defaults));

    [Fact]
    public void Says_that_it_was_interrupted_and_when()
    {
        var before = Fold() with { Interrupted = true, Sending = TimeSpan.Zero };
        var during = Fold(Taking(1, Ok)) with { Interrupted = true, Sending = Ms(3100) };

        Assert.Equal("Interrupted before the run; no request was sent.", Story.Sentence(before, null));
        Assert.Equal("Interrupted after 3.1 s; none of 2 requests had ended yet.",
            Story.Sentence(before with { Sending = Ms(3100), Unfinished = 2 }, null));
        Assert.Equal(
            "Interrupted after 3.1 s; the breaker was never seen open; all 1 succeeded.",
            Story.Sentence(during, null));
    }

    [Fact]
    public void Says_so_when_the_generator_itself_was_late() => Assert.StartsWith(
        "The load generator was late (p95 of its schedule lag 80 ms, which is in these latencies); ",
        Story.Sentence(UsersRun() with { Lag = new(200, 40, 30, 80, 90, 95) }, null));

    [Theory]
    [InlineData(8, 10, false, false)]
    [InlineData(60, 10, false, false)]
    [InlineData(80, 10, true, false)]
    [InlineData(60, 10.2, false, true)]
    public void Is_late_when_that_matters_and_a_bottleneck_when_it_grows(
        double lagMs, double sendingS, bool isLate, bool isBottleneck)
    {
        var run = UsersRun() with { Lag = new(200, 5, 5, lagMs, 90, 95), Sending = TimeSpan.FromSeconds(sendingS) };

        var sentence = Story.Sentence(run, null);
        Assert.Equal((isLate, isBottleneck), (sentence.Contains("was late"), sentence.Contains("was itself the bottleneck")));
    }

    [Fact]
    public void Tells_that_service_b_was_not_there()
    {
        var gone = Refusal with { Cause = "service-b unavailable", Breaker = BreakerState.Closed };
        Assert.StartsWith(
            "1 request refused because service-b was not there; the breaker was never seen open; "
            + "50.0 % succeeded, with service-b there theory says 97.3 %; ",
            Story.Sentence(Fold(Taking(1, Ok), Taking(1, gone)), Defaults));
    }

    [Fact]
    public void Tells_that_the_connection_to_service_b_was_lost_before_a_breaker_that_opened_for_it()
    {
        var lost = Failure with { Cause = "connection lost", Breaker = BreakerState.Open };
        Assert.StartsWith(
            "1 request failed because the connection to service-b was lost; the breaker was seen open from 1.0 s on, to the end, 0 requests refused; "
            + "50.0 % succeeded, with service-b there theory says 97.3 %; ",
            Story.Sentence(Fold(Taking(1, Ok), Taking(1, lost, dueMs: 1000)), Defaults));
    }

    [Fact]
    public void Mentions_what_the_cap_dropped() => Assert.StartsWith(
        "7 requests dropped at 10000 in flight; ",
        Story.Sentence(UsersRun() with { Counts = UsersRun().Counts with { Dropped = 7 } }, null));
}
