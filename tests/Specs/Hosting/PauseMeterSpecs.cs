using Microsoft.Extensions.Time.Testing;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public sealed class PauseMeterSpecs : IDisposable
{
    readonly FakeTimeProvider time = new();
    readonly PauseMeter meter;

    public PauseMeterSpecs() => meter = new PauseMeter(time);

    public void Dispose() => meter.Dispose();

    [Fact]
    public void A_process_that_runs_has_not_stood_still()
    {
        for (var tick = 0; tick < 100; tick++)
            time.Advance(PauseMeter.Period);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (meter.Longest, meter.MeanLateness));
    }

    [Fact]
    public void A_timer_that_is_late_alike_each_time_is_late_on_average()
    {
        Assert.Equal(TimeSpan.Zero, meter.MeanLateness);
        for (var tick = 0; tick < 100; tick++)
            time.Advance(PauseMeter.Period + TimeSpan.FromMilliseconds(tick % 2 == 0 ? 20 : 40));
        Assert.Equal((TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(30)), (meter.Longest, meter.MeanLateness));
    }

    [Fact]
    public void A_pause_is_as_long_as_the_timer_came_late_and_the_longest_is_kept()
    {
        time.Advance(PauseMeter.Period + TimeSpan.FromSeconds(3));
        time.Advance(PauseMeter.Period + TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(3), meter.Longest);
    }

    [Fact]
    public void Only_what_was_since_the_reset_counts()
    {
        time.Advance(TimeSpan.FromSeconds(3));
        meter.Reset();
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (meter.Longest, meter.MeanLateness));
        time.Advance(PauseMeter.Period + TimeSpan.FromMilliseconds(200));
        Assert.Equal(TimeSpan.FromMilliseconds(200), meter.Longest);
    }
}
