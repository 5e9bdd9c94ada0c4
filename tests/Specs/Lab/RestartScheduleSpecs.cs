using TinyResilient.Lab.Processes;
using Xunit;

namespace Specs.Lab;

public class RestartScheduleSpecs
{
    static readonly TimeSpan young = TimeSpan.FromSeconds(1);

    readonly RestartSchedule _schedule = new();

    [Fact]
    public void The_first_pause_is_two_seconds() => Assert.Equal(2, Pause(young));

    [Fact]
    public void A_service_that_keeps_dying_waits_twice_as_long_each_time_up_to_the_limit() =>
        Assert.Equal([2, 4, 8, 16, 30, 30], Enumerable.Range(0, 6).Select(_ => Pause(young)));

    [Fact]
    public void A_service_that_lived_long_enough_waits_as_at_its_first_death()
    {
        Pause(young);
        Pause(young);

        Assert.Equal(2, Pause(RestartSchedule.Recovered));
        Assert.Equal(4, Pause(young));
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 2, 1 })]
    [InlineData(4, new[] { 4, 3, 2, 1 })]
    [InlineData(30, new[] { 30, 3, 2, 1 })]
    public void The_countdown_tells_the_whole_pause_and_its_last_three_seconds(int pause, int[] told) =>
        Assert.Equal(told, RestartSchedule.Countdown(TimeSpan.FromSeconds(pause)));

    double Pause(TimeSpan lived) => _schedule.PauseAfter(lived).TotalSeconds;
}
