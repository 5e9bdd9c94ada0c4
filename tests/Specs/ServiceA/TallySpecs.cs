using TinyResilient.ServiceA;
using Xunit;

namespace Specs.ServiceA;

public class TallySpecs
{
    readonly Tally tally = new(2);

    [Fact]
    public void What_has_begun_and_not_ended_is_in_flight()
    {
        tally.Began();
        tally.Began();
        tally.Began();
        tally.Ended(1);
        Assert.Equal((3, 2), (tally.Read().Began, tally.Read().InFlight));
        Assert.Equal([0, 1], tally.Read().Ended);
    }

    [Fact]
    public void A_reset_keeps_what_is_in_flight_and_nothing_else()
    {
        tally.Began();
        tally.Began();
        tally.Ended(0);
        tally.Reset();
        Assert.Equal((1, 1), (tally.Read().Began, tally.Read().InFlight));
        tally.Ended(1);
        Assert.Equal((1, 0), (tally.Read().Began, tally.Read().InFlight));
        Assert.Equal([0, 1], tally.Read().Ended);
    }

    [Fact]
    public async Task It_balances_whenever_it_is_read_and_loses_nothing()
    {
        const int each = 20_000;
        var writers = Task.WhenAll(Enumerable.Range(0, 2).Select(how => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                tally.Began();
                tally.Ended(how);
            }
        })));
        do
        {
            var (began, ended, inFlight) = tally.Read();
            Assert.Equal(began, ended.Sum() + inFlight);
            Assert.True(inFlight >= 0, $"{inFlight} in flight");
        }
        while (!writers.IsCompleted);
        await writers;
        Assert.Equal((2L * each, 0), (tally.Read().Began, tally.Read().InFlight));
    }
}
