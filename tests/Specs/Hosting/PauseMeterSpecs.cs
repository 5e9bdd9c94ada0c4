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

    [Theory]
    [InlineData(0.49, null)]
    [InlineData(0.74, "stood still for 0.7 s")]
    [InlineData(15, "stood still for 15 s")]
    public void Half_a_second_or_longer_is_told_once_in_plain_words_a_second_after_it_went_on(
        double seconds, string? words)
    {
        var told = new List<StandStill>();
        meter.WentOn += told.Add;
        Stand(seconds);
        Run(0.9);
        Assert.Empty(told);
        Run(10);
        Assert.Equal(words, told.SingleOrDefault()?.Words);
        Assert.Equal(told, meter.StoodStill);
    }

    [Fact]
    public void The_newest_twenty_are_known_by_their_numbers_and_a_reset_leaves_them()
    {
        for (var n = 0; n < 30; n++)
            Stand(1);
        meter.Reset();
        Assert.Equal(Enumerable.Range(11, 20), meter.StoodStill.Select(still => still.Number));
        Assert.All(meter.StoodStill, still => Assert.Equal(1_000, still.ForMs));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_known_whether_or_not_its_own_timer_has_come_when_somebody_asks(bool hasCome)
    {
        using var asker = new Asker(time, meter, TimeSpan.FromMilliseconds(hasCome ? 60 : 40));
        Stand(15);
        Assert.Equal((TimeSpan.Zero, 1), asker.Heard);
    }

    [Fact]
    public void A_reset_right_after_it_went_on_does_not_hide_it()
    {
        var began = time.GetTimestamp();
        using var atOnce = time.CreateTimer(
            _ => meter.Reset(), null, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        Stand(15);
        Assert.Equal(TimeSpan.Zero, meter.RanSince(began));
    }

    [Theory]
    [InlineData(15, 0.9, 1, true)]
    [InlineData(15, 1.1, 1, false)] // it had its time as well
    [InlineData(0.6, 0.3, 1, true)]
    [InlineData(0.6, 0.3, 2, false)] // that is less than half of it
    [InlineData(0.4, 0.3, 0.5, false)] // as in every process
    [InlineData(0, 0.9, 1, false)]
    public void What_ran_out_is_excused_by_half_of_its_time_without_the_rest(
        double stillSeconds, double ranSeconds, double limitSeconds, bool isExcused)
    {
        var began = time.GetTimestamp();
        Stand(stillSeconds);
        Run(ranSeconds);
        Assert.Equal(isExcused, meter.Excuses(began, began, TimeSpan.FromSeconds(limitSeconds)));
        Assert.Equal(isExcused ? 1 : 0, meter.StoodStill.Sum(still => still.NotCounted));
    }

    [Fact]
    public void What_began_after_it_went_on_is_not_excused()
    {
        Stand(15);
        var began = time.GetTimestamp();
        Run(0.9);
        Assert.False(meter.Excuses(began, began, TimeSpan.FromSeconds(1)));
    }

    void Stand(double seconds) => time.Advance(PauseMeter.Period + TimeSpan.FromSeconds(seconds));

    void Run(double seconds)
    {
        for (var n = 0; n < Math.Round(seconds * 20); n++)
            time.Advance(PauseMeter.Period);
    }

    // Somebody else's timer that is due meanwhile
    sealed class Asker : IDisposable
    {
        readonly System.Threading.ITimer timer;

        public Asker(FakeTimeProvider time, PauseMeter meter, TimeSpan due)
        {
            var began = time.GetTimestamp();
            timer = time.CreateTimer(
                _ => Heard = (meter.RanSince(began), meter.StoodStill.Count), null, due, Timeout.InfiniteTimeSpan);
        }

        public (TimeSpan Ran, int Times) Heard { get; private set; }

        public void Dispose() => timer.Dispose();
    }
}
