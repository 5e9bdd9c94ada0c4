using TinyResilient.LoadTest;
using Xunit;
using static Specs.LoadTest.Samples;

namespace Specs.LoadTest;

public class BreakerTimelineSpecs
{
    [Fact]
    public void Tells_nothing_about_a_breaker_that_was_never_seen_open() =>
        Assert.Null(Story((0, BreakerState.Closed), (1, BreakerState.HalfOpen)));

    [Fact]
    public void Counts_from_the_first_answer_that_told_open_to_the_first_that_did_not() => Assert.Equal(
        new BreakerOpen(1, Ms(4200), Ms(5000), FromTheStart: false, ToTheEnd: false),
        Story((4.1, BreakerState.Closed), (4.2, BreakerState.Open), (9, BreakerState.Open),
            (9.2, BreakerState.HalfOpen), (9.6, BreakerState.Closed)));

    [Fact]
    public void Counts_a_failed_probe_as_opening_again() => Assert.Equal(
        new BreakerOpen(2, Ms(1000), Ms(5000 + 2000), FromTheStart: false, ToTheEnd: true),
        Story((0, BreakerState.Closed), (1, BreakerState.Open), (6, BreakerState.HalfOpen), (6.5, BreakerState.Open),
            (8.5, BreakerState.Open)));

    [Fact]
    public void Takes_an_answer_that_was_overtaken_for_no_transition() => Assert.Equal(
        new BreakerOpen(1, Ms(1000), Ms(4000), FromTheStart: false, ToTheEnd: false),
        Story((0, BreakerState.Closed), (1, BreakerState.Open), (1.01, BreakerState.Closed), (1.02, BreakerState.Open),
            (5, BreakerState.Closed)));

    [Fact]
    public void Notices_that_it_was_open_already() => Assert.Equal(
        new BreakerOpen(1, Ms(10), Ms(990), FromTheStart: true, ToTheEnd: true),
        Story((0.01, BreakerState.Open), (1, BreakerState.Open)));

    static BreakerOpen? Story(params (double Seconds, BreakerState State)[] answers)
    {
        var timeline = new BreakerTimeline();
        foreach (var (seconds, state) in answers)
        {
            timeline.Add(TimeSpan.FromSeconds(seconds), state);
        }

        return timeline.Story();
    }
}
