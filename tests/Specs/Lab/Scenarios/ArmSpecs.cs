using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;
using Xunit;

namespace Specs.Lab.Scenarios;

public class ArmSpecs
{
    // Rates that come from a measured capacity are no round numbers: 160/300 of 200, for 30 s, is 3,200, in fifteen decimals a little more.
    [Theory]
    [InlineData(160 * 200.0 / 300)]
    [InlineData(280 * 294.0 / 300)]
    [InlineData(1.1)]
    [InlineData(100)]
    public void An_arm_has_a_place_for_each_request_that_its_load_sends(double rate)
    {
        var arm = new Arm("any")
        {
            Rate = rate,
            Seconds = 30,
        };
        var schedule = new LoadSchedule(new LoadOptions
        {
            Url = new("http://localhost/"),
            Seed = 1,
            Stages = [arm.Load],
        });
        Assert.Equal(arm.Requests, schedule.Count);
        Assert.Equal(arm.Requests, schedule.Shots().Count());
    }
}
