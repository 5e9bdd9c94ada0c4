using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Stage;

public class SecondRingSpecs
{
    readonly SecondRing seconds = new();

    [Fact]
    public void A_second_is_finished_by_the_first_look_after_it_and_what_came_up_to_then_belongs_to_it()
    {
        Assert.False(Look(500, 750, sent: 1));
        Assert.True(Look(750, 1_010, sent: 2));
        Assert.True(Look(1_750, 2_020, sent: 4));
        Assert.Equal([(0L, 3L), (1_000L, 4L)], Shown());
    }

    [Fact]
    public void Seconds_that_nobody_looked_at_are_there_and_say_so()
    {
        Look(500, 750, sent: 1);
        Close(3_100);
        Assert.Equal([0L, 1_000L, 2_000L], seconds.Newest().Select(second => second.TMs));
        Assert.Equal(["closed", null, null], seconds.Newest().Select(second => second.Actor.Breaker));
    }

    [Fact]
    public void What_comes_too_late_for_its_second_goes_to_the_next()
    {
        Close(500);
        Close(1_000);
        Look(200, 1_100, sent: 5);
        Close(2_000);
        Assert.Equal([(0L, 0L), (1_000L, 5L)], Shown());
    }

    [Fact]
    public void It_knows_the_last_ten_minutes_however_long_nobody_looked()
    {
        Close(0);
        Close(3_600_000);
        Assert.Equal(600, seconds.Newest().Count);
        Assert.Equal(3_599_000, seconds.Newest(1)[0].TMs);
    }

    bool Look(long fromMs, long nowMs, long sent)
    {
        seconds.Add(fromMs, nowMs, "actor", new(sent, 0, 0, 0, 0, 0, 0), "closed");
        return Close(nowMs);
    }

    bool Close(long nowMs) => seconds.Close(nowMs, 50, (_, _) => (1, 2));

    IEnumerable<(long, long)> Shown() => seconds.Newest().Select(second => (second.TMs, second.Actor.Sent));
}
