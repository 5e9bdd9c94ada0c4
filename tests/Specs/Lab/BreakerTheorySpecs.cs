using TinyResilient.Lab.Model;
using TinyResilient.Lab.Theory;
using Xunit;
using static Specs.Lab.Agreement;

namespace Specs.Lab;

public class BreakerTrapTheorySpecs
{
    [Theory]
    [InlineData(0.5, 1, 2)]
    [InlineData(0.5, 2, 6)] // two heads in a row: six tosses
    [InlineData(0.5, 5, 62)]
    [InlineData(0.2, 5, 3_905)]
    [InlineData(0.3, 5, 586.46)]
    public void Attempts_until_a_run_are_those_of_the_textbook(double f, int failures, double expected) =>
        Assert.Equal(expected, BreakerTrap.AttemptsToTrip(f, failures), 2);

    [Fact]
    public void The_breaker_turns_70_percent_into_47_and_less_harm_is_done_where_it_is_open_for_a_shorter_time()
    {
        Assert.Equal(0.471, BreakerTrap.Success(0.3, 1, 5, coolDown: 2, arrivals: 100), 3);
        Assert.Equal(0.471, BreakerTrap.Success(0.3, 1, 5, coolDown: 10, arrivals: 20), 3);
        Assert.InRange(BreakerTrap.Success(0.3, 1, 5, 0.1, 100), 0.67, 0.7);
    }

    [Fact]
    public void Around_the_retries_it_practically_never_opens() =>
        Assert.InRange(BreakerTrap.RequestsToTripAround(0.3, 3, 5), 7e7, 8e7);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    [InlineData(1, 0.5)]
    public void Agrees_with_the_model(int attempts, double coolDown)
    {
        var settings = new ModelSettings(new(100, 200, Poisson: true), ServiceTime.Fixed(0.001))
        {
            Faults = new(Error: 0.3),
            Policy = new(attempts - 1) { Breaker = new(5, coolDown) },
        };
        Agrees(BreakerTrap.Success(0.3, attempts, 5, coolDown, 100), ModelBand.Of(settings, 10, run => run.Success));
    }
}

public class OneBadNodeTheorySpecs
{
    [Fact]
    public void A_bad_node_of_five_leaves_92_percent_and_a_retry_elsewhere_all()
    {
        Assert.Equal(0.92, OneBadNode.Success(5, 0.4), 12);
        Assert.Equal(1 - Math.Pow(0.08, 3), OneBadNode.RetryAnyNode(5, 0.4, 2), 12);
        Assert.Equal(0.92, OneBadNode.RetryOtherNode(5, 0.4, 0), 12);
        Assert.Equal(1, OneBadNode.RetryOtherNode(5, 0.4, 1));
    }

    [Fact]
    public void One_breaker_over_all_nodes_opens_after_169_attempts_with_two_failures_and_never_with_five()
    {
        Assert.Equal(168.75, OneBadNode.AttemptsToTripServiceWide(5, 0.4, 2), 2);
        Assert.InRange(OneBadNode.AttemptsToTripServiceWide(5, 0.4, 5), 330_000, 333_000);
    }

    [Fact]
    public void In_strict_turn_no_two_failures_follow_each_other_and_answers_out_of_order_make_it_harm()
    {
        ModelSettings ServiceWide(ServiceTime work) => new(new(100, 60), work)
        {
            Nodes = new(5, 0.4, Scope: BreakerScope.Service),
            Policy = new(0) { Breaker = new(2, 5) },
        };
        Assert.Equal(0, Simulator.Run(ServiceWide(ServiceTime.Fixed(0.02)), 1).Counts.Trips);
        Assert.InRange(ModelBand.Of(ServiceWide(ServiceTime.Uniform(0.03, 0.8)), 10, run => run.Success).Mean, 0, 0.5);
    }

    [Theory]
    [InlineData(100, 0.960)]
    [InlineData(20, 0.934)]
    public void A_breaker_for_each_node_helps_and_more_so_under_more_load(double arrivals, double success)
    {
        var settings = new ModelSettings(new(arrivals, 40_000 / arrivals, Poisson: true), ServiceTime.Fixed(0.001))
        {
            Nodes = new(5, 0.4),
            Policy = new(0) { Breaker = new(5, 5) },
        };
        Assert.Equal(success, OneBadNode.BreakerPerNode(5, 0.4, 5, 5, arrivals), 3);
        Agrees(OneBadNode.BreakerPerNode(5, 0.4, 5, 5, arrivals), ModelBand.Of(settings, 5, run => run.Success));
    }

    [Fact]
    public void In_twenty_seconds_it_is_95_percent_as_the_breaker_begins_closed()
    {
        var settings = new ModelSettings(new(100, 20), ServiceTime.Fixed(0.02))
        {
            Nodes = new(5, 0.4),
            Policy = new(0) { Breaker = new(5, 5) },
        };
        Assert.InRange(ModelBand.Of(settings, 200, run => run.Success).Mean, 0.949, 0.958);
    }
}
