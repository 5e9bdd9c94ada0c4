using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Stage;

public class LaneFlowSpecs
{
    readonly LaneFlow flow = new();

    [Fact]
    public void The_first_look_is_where_counting_begins()
    {
        Assert.Equal(default, flow.Add(1_000, pid: 7, Counts(sent: 500)));
        Assert.Equal(default, flow.Recent(1_000));
    }

    [Fact]
    public void What_has_come_since_the_last_look_is_added_up_over_ten_seconds()
    {
        flow.Add(0, 7, Counts(sent: 100));
        flow.Add(250, 7, Counts(sent: 110));
        flow.Add(500, 7, Counts(sent: 130));
        Assert.Equal(30, flow.Recent(500).Sent);
        Assert.Equal(20, flow.Recent(10_250).Sent);
        Assert.Equal(0, flow.Recent(10_500).Sent);
    }

    [Theory]
    [InlineData(7, 3)] // reset: the same process counts from 0
    [InlineData(8, 3)] // started again
    [InlineData(8, 900)] // started again, and has done more already
    public void Counts_that_begin_anew_begin_new_differences_and_never_give_a_negative_number(int pid, long sent)
    {
        flow.Add(0, 7, Counts(sent: 500));
        Assert.Equal(default, flow.Add(250, pid, Counts(sent)));
        Assert.Equal(5, flow.Add(500, pid, Counts(sent + 5)).Sent);
    }

    [Fact]
    public void It_says_how_many_seconds_it_covers()
    {
        Assert.Equal(0, flow.RecentSeconds(5_000));
        flow.Add(5_000, 7, default);
        Assert.Equal(2.5, flow.RecentSeconds(7_500));
        Assert.Equal(10, flow.RecentSeconds(60_000));
    }

    static Flow Counts(long sent) => new(sent, Succeeded: sent, Failed: 0, Refused: 0, TimedOut: 0, CallerGone: 0, Attempts: sent);
}
