using TinyResilient.Lab.Model;
using TinyResilient.Lab.Theory;
using Xunit;
using static Specs.Lab.Agreement;

namespace Specs.Lab;

public class ErrorTheorySpecs
{
    [Fact]
    public void Two_retries_make_97_percent_of_70_for_1_39_attempts()
    {
        Assert.Equal(0.7, Errors.Success(0.3, 1), 12);
        Assert.Equal(0.973, Errors.Success(0.3, 3), 12);
        Assert.Equal(1.39, Errors.AttemptsPerRequest(0.3, 3), 12);
        Assert.Equal(3, Errors.AttemptsPerRequest(1, 3), 12);
    }

    [Theory]
    [InlineData(0.3, 1, 0)]
    [InlineData(0.3, 2, 0.458258)] // sqrt(0.3 x 0.7): a second attempt or none
    [InlineData(0.3, 3, 0.646452)] // of 1, 2, 3 with 0.7, 0.21, 0.09
    [InlineData(0, 3, 0)]
    public void Attempts_scatter_as_their_distribution_says(double f, int attempts, double deviation) =>
        Assert.Equal(deviation, Errors.AttemptsDeviation(f, attempts), 6);

    [Fact]
    public void Lost_acknowledgements_cost_11_copies_per_100_successes()
    {
        Assert.Equal(0.1101, AckLost.DuplicatesPerSuccess(0.1, 3), 4);
        Assert.Equal(0.11, AckLost.DuplicatesPerRequest(0.1, 3), 12);
        Assert.Equal(0.1 * (1 - 0.01) / ((1 - 0.1) * (1 - 0.001)), AckLost.DuplicatesPerSuccess(0.1, 3), 12);
    }

    [Fact]
    public void Copies_are_more_than_requests_done_twice_as_some_are_done_three_times()
    {
        var settings = new ModelSettings(new(100, 20), ServiceTime.Fixed(0.02)) { Faults = new(AckLost: 0.1) };

        Agrees(AckLost.DuplicatesPerRequest(0.1, 3), ModelBand.Of(settings, 50,
            run => (double)run.Counts.Duplicates / run.Requests.Count));
        Agrees(AckLost.DoneTwice(0.1, 3), ModelBand.Of(settings, 50,
            run => (double)run.Counts.DoneTwice / run.Requests.Count));
    }

    [Fact]
    public void Without_retries_nothing_is_done_twice()
    {
        Assert.Equal(0, AckLost.DuplicatesPerSuccess(0.1, 1), 12);
        Assert.Equal(0, AckLost.DoneTwice(0.1, 1));
    }

    [Theory]
    [InlineData(3, 2, 9)]
    [InlineData(4, 3, 64)] // Google SRE book, chapter 22
    [InlineData(3, 0, 1)]
    public void Retries_of_layers_multiply(int attempts, int depth, double expected)
    {
        Assert.Equal(expected, RetryCascade.Attempts(attempts, depth));
        Assert.Equal(expected, RetryCascade.MeanAttempts(1, attempts, depth), 12);
    }

    [Fact]
    public void While_most_succeeds_a_second_layer_hardly_adds_attempts() =>
        Assert.Equal(1.39 * (1 + 0.027 + 0.027 * 0.027), RetryCascade.MeanAttempts(0.3, 3, 2), 12);
}

public class BurstTheorySpecs
{
    static readonly Burst burst = new(0.02, 0.9, 2, 8);

    [Fact]
    public void The_chain_forgets_a_burst_at_the_sum_of_both_rates()
    {
        Assert.Equal(0.2, burst.Share, 12);
        Assert.Equal(1, burst.Stays(0), 12);
        Assert.Equal(0.2 + 0.8 * Math.Exp(-2 * (1 / 2.0 + 1 / 8.0)), burst.Stays(2), 12);
        Assert.Equal(0.2, burst.Stays(1_000), 12);
    }

    [Fact]
    public void Independent_errors_of_the_same_mean_flatter_retries()
    {
        Assert.Equal(0.2 * 0.9 + 0.8 * 0.02, burst.Failure, 12);
        Assert.True(burst.IndependentSuccess(3) > burst.Success(10, 10));
        Assert.Equal(burst.IndependentSuccess(3), burst.Success(1_000, 1_000), 12);
    }

    [Fact]
    public void A_pause_longer_than_the_burst_helps_where_one_at_once_meets_it_again()
    {
        Assert.InRange(burst.Attempts(0.001)[1], 0, 0.2);
        Assert.InRange(burst.Attempts(4)[1], 0.7, 1);
    }

    [Fact]
    public void Every_retry_fails_likelier_than_the_one_before_while_pauses_are_short()
    {
        var success = burst.Attempts(0.05, 0.05, 0.05);
        Assert.Equal(success.OrderDescending(), success);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(3)]
    public void Agrees_with_the_model(double pause)
    {
        var settings = new ModelSettings(new(50, 2_000, Poisson: true), ServiceTime.Fixed(0.001))
        {
            Faults = new() { Burst = new(burst.Good, burst.Bad, burst.Mean, burst.Gap) },
            Policy = new(2, BackoffBase: pause, BackoffMax: pause, Jitter: ModelJitter.None),
        };
        Agrees(burst.Success(pause + 0.001, pause + 0.001), ModelBand.Of(settings, 10, run => run.Success));
    }
}
