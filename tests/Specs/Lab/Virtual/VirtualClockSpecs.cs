using TinyResilient.Lab.Virtual;
using Xunit;

namespace Specs.Lab.Virtual;

public class VirtualClockSpecs
{
    readonly VirtualClock clock = new();
    readonly List<string> seen = [];

    [Fact]
    public void Timers_are_due_in_the_order_of_their_instants_and_at_one_instant_in_the_order_in_which_they_were_set()
    {
        Set("late", 2);
        Set("first", 1);
        Set("second", 1);
        while (clock.Step())
        {
        }
        Assert.Equal(["first at 1", "second at 1", "late at 2"], seen);
    }

    [Fact]
    public void It_begins_at_0_and_a_fraction_of_a_millisecond_is_exact()
    {
        Assert.Equal(TimeSpan.Zero, Now);
        Set("a", 0.0301);
        Assert.True(clock.Step());
        Assert.Equal(TimeSpan.FromTicks(301), Now);
        Assert.False(clock.Step());
    }

    [Fact]
    public void A_timer_that_is_set_anew_or_disposed_is_not_due_when_it_was()
    {
        using var anew = Set("anew", 1);
        Set("gone", 2).Dispose();
        anew.Change(TimeSpan.FromMilliseconds(3), Timeout.InfiniteTimeSpan);
        Assert.True(clock.Step());
        Assert.False(clock.Step());
        Assert.Equal(["anew at 3"], seen);
    }

    [Fact]
    public void A_period_is_kept_until_the_timer_is_disposed()
    {
        using (clock.CreateTimer(_ => Note("tick"), null, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(10)))
        {
            clock.Step();
            clock.Step();
        }
        Assert.False(clock.Step());
        Assert.Equal(["tick at 1", "tick at 11"], seen);
    }

    [Fact]
    public void It_tells_what_was_due_last_of_a_host_as_well()
    {
        Assert.Equal("its start", clock.Doing);
        using var timer = new HostTime(clock).CreateTimer(Tick, null, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        clock.Step();
        Assert.Equal("Specs.Lab.Virtual.VirtualClockSpecs.Tick", clock.Doing);
    }

    [Fact]
    public void A_paused_host_does_nothing_and_all_that_was_due_once_when_it_goes_on()
    {
        var host = new HostTime(clock);
        using var repeated = host.CreateTimer(_ => Note("repeated"), null, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
        using var later = host.CreateTimer(_ => Note("later"), null, TimeSpan.FromMilliseconds(2.5), Timeout.InfiniteTimeSpan);
        host.Pause();
        host.Do(() => Note("told"));
        for (var step = 0; step < 4; step++)
            clock.Step();
        Assert.Empty(seen);
        host.GoOn();
        Assert.Equal(["told at 3", "repeated at 3", "later at 3"], seen);
        clock.Step();
        Assert.Equal("repeated at 4", seen[^1]);
    }

    [Fact]
    public void A_dead_host_does_nothing_any_more_and_nothing_of_it_stays_due()
    {
        var host = new HostTime(clock);
        using var repeated = host.CreateTimer(_ => Note("repeated"), null, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));
        host.Pause();
        clock.Step();
        host.Die();
        host.GoOn();
        host.Do(() => Note("told"));
        using var afterwards = host.CreateTimer(_ => Note("afterwards"), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        Assert.True(clock.Step());
        Assert.False(clock.Step());
        Assert.Empty(seen);
    }

    TimeSpan Now => clock.GetElapsedTime(0);

    ITimer Set(string name, double ms) =>
        clock.CreateTimer(_ => Note(name), null, TimeSpan.FromMilliseconds(ms), Timeout.InfiniteTimeSpan);

    void Note(string what) => seen.Add($"{what} at {Now.TotalMilliseconds:0.####}");

    void Tick(object? _) => Note("tick");
}
