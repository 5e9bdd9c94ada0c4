using TinyResilient.Lab.Model;
using Xunit;

namespace Specs.Lab;

/// <summary>300 requests/s of capacity, one retry after a second, a stall of ten seconds from second 10 on.</summary>
public class MetastableModelSpecs
{
    static ModelSettings At(double rate, double seconds = 120) =>
        new(new(rate, seconds, Poisson: true), ServiceTime.Exponential(0.1))
        {
            Pool = new(30, 1_000_000, DeadlinePropagation: false),
            Faults = new() { Stall = new(10, 10) },
            Policy = new(1, BackoffBase: 0),
        };

    static double[] Curve(ModelSettings settings) =>
        Simulator.Run(settings, 1).Curve(1, settings.Arrivals.Seconds);

    static void Recovers(ModelSettings settings, int by) =>
        Assert.True(Curve(settings)[by..].Average() > 0.97, string.Join(" ", Curve(settings)));

    static void NeverRecovers(ModelSettings settings) => Assert.InRange(Curve(settings)[^20..].Average(), 0, 0.1);

    [Fact]
    public void Below_half_of_the_capacity_it_recovers_and_above_it_never_does()
    {
        Recovers(At(140, 300), 250);
        NeverRecovers(At(160, 300));
    }

    [Fact]
    public void At_280_a_second_560_are_offered_for_ever()
    {
        var sent = Simulator.Run(At(280), 1).Sent;
        Assert.InRange(sent.Count(time => time is >= 60 and < 110) / 50.0, 550, 570);
        NeverRecovers(At(280));
    }

    [Fact]
    public void A_budget_on_successes_recovers_where_one_on_requests_does_not()
    {
        ModelSettings Budgeted(bool ofSuccesses) => At(280, 300) with
        {
            Policy = At(280).Policy with { Budget = new(0.1, ofSuccesses) },
        };
        NeverRecovers(Budgeted(false));
        Recovers(Budgeted(true), 250);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(400, false)]
    public void A_queue_that_is_served_within_the_timeout_recovers(int bound, bool recovers)
    {
        var settings = At(280) with { Pool = At(280).Pool with { QueueLimit = bound } };
        if (recovers) Recovers(settings, 22);
        else NeverRecovers(settings);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1.5, true)]
    public void Dropping_what_has_expired_is_not_enough_without_a_margin(double margin, bool recovers)
    {
        var settings = At(280) with
        {
            Work = ServiceTime.Fixed(0.1),
            Pool = At(280).Pool with { DeadlinePropagation = true, ExpiryMargin = margin },
        };
        if (recovers) Recovers(settings, 22);
        else NeverRecovers(settings);
    }
}
