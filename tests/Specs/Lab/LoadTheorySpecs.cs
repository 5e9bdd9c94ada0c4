using TinyResilient.Lab.Model;
using TinyResilient.Lab.Theory;
using Xunit;
using static Specs.Lab.Agreement;

namespace Specs.Lab;

public class SaturationTheorySpecs
{
    [Theory] // offered load for 1 % blocking, Erlang's table
    [InlineData(5, 1.361)]
    [InlineData(10, 4.461)]
    [InlineData(20, 12.03)]
    [InlineData(50, 37.90)]
    [InlineData(100, 84.06)]
    public void Erlang_B_is_that_of_the_table(int workers, double offered) =>
        Assert.Equal(0.01, Saturation.ErlangB(workers, offered), 4);

    [Theory]
    [InlineData(1, 0.7, 0.7)] // M/M/1: rho
    [InlineData(2, 1, 1 / 3.0)]
    [InlineData(10, 8, 0.40918)]
    [InlineData(3, 3, 1)]
    public void Erlang_C_is_that_of_the_table(int workers, double offered, double expected) =>
        Assert.Equal(expected, Saturation.ErlangC(workers, offered), 5);

    [Fact]
    public void A_bounded_queue_refuses_as_one_server_does_in_the_textbook()
    {
        Assert.Equal(0.5 * 0.125 / (1 - 0.0625), Saturation.Blocking(1, 2, 0.5), 12);
        Assert.Equal(0.25, Saturation.Blocking(1, 2, 1), 12);
        Assert.Equal(Saturation.ErlangB(8, 5), Saturation.Blocking(8, 0, 5), 12);
        Assert.Equal(0, Saturation.Blocking(10, 10_000, 8), 12);
    }

    [Fact]
    public void Shedding_keeps_goodput_at_capacity() =>
        Assert.Equal(100, Saturation.Goodput(10, 50, arrivals: 200, service: 0.1), 6);

    [Fact]
    public void Beyond_capacity_the_wait_has_no_end()
    {
        Assert.Equal(double.PositiveInfinity, Saturation.MeanWait(10, 100, 0.1));
        Assert.Equal(0, Saturation.WaitQuantile(0.5, 10, 80, 0.1)); // 59 % don't wait at all
    }

    [Fact]
    public void Waits_agree_with_the_model()
    {
        var settings = new ModelSettings(new(80, 100, Poisson: true), ServiceTime.Exponential(0.1))
        {
            Pool = new(10, 100_000, DeadlinePropagation: false),
            Policy = new(0, 20, 20),
        };
        Agrees(0.1 + Saturation.MeanWait(10, 80, 0.1), ModelBand.Of(settings, 10,
            run => run.Requests.Average(request => request.Latency)));
        Agrees(Saturation.Blocking(10, 5, 8), ModelBand.Of(settings with { Pool = new(10, 5) }, 10,
            run => (double)run.Counts.Busy / run.Requests.Count));

        var withoutQueue = settings with { Work = ServiceTime.Fixed(0.1), Pool = new(10, 0) };
        Agrees(Saturation.ErlangB(10, 8), ModelBand.Of(withoutQueue, 10,
            run => (double)run.Counts.Busy / run.Requests.Count));
    }

    [Fact]
    public void The_quantile_of_the_wait_is_where_so_many_still_wait() =>
        Assert.Equal(Math.Log(0.40918 / 0.05) / 20, Saturation.WaitQuantile(0.95, 10, 80, 0.1), 5);
}

public class MetastableTheorySpecs
{
    [Theory]
    [InlineData(140, nameof(Stability.Stable))]
    [InlineData(160, nameof(Stability.Vulnerable))]
    [InlineData(280, nameof(Stability.Vulnerable))]
    [InlineData(310, nameof(Stability.Overloaded))]
    public void One_retry_halves_what_is_safe(double arrivals, string expected)
    {
        Assert.Equal(expected, Metastable.Classify(arrivals, 300, 2).ToString());
        Assert.Equal(150, Metastable.Threshold(300, 2));
    }

    [Theory]
    [InlineData(100, 16)]
    [InlineData(120, 33)]
    [InlineData(140, 118)]
    [InlineData(160, double.PositiveInfinity)]
    [InlineData(20, 0)]
    public void Recovery_takes_the_longer_the_nearer_the_threshold_is(double arrivals, double seconds) =>
        Assert.Equal(seconds, Recovery(arrivals), 0);

    [Theory]
    [InlineData(100)]
    [InlineData(120)]
    public void Recovery_agrees_with_the_model(double arrivals)
    {
        var settings = new ModelSettings(new(arrivals, 80, Poisson: true), ServiceTime.Fixed(0.1))
        {
            Pool = new(30, 1_000_000, DeadlinePropagation: false),
            Faults = new() { Stall = new(10, 10) },
            Policy = new(1, BackoffBase: 0),
        };
        var seconds = ModelBand.Of(settings, 8,
            run => run.Curve(0.5, 80).Skip(40).TakeWhile(good => good < 0.5).Count() / 2.0);
        Assert.InRange(seconds.Mean, 0.9 * Recovery(arrivals), 1.1 * Recovery(arrivals));
    }

    [Fact]
    public void A_budget_on_requests_still_needs_room_for_its_retries()
    {
        Assert.Equal(300 / 1.1, Metastable.ThresholdWithBudget(300, 0.1, ofSuccesses: false), 12);
        Assert.Equal(300, Metastable.ThresholdWithBudget(300, 0.1, ofSuccesses: true));
        Assert.Equal(139, Metastable.RecoverySeconds(2_800 + 280, 280, 300, 1, 1), 0); // about two minutes
    }

    [Fact]
    public void A_queue_may_hold_what_is_served_within_the_timeout() =>
        Assert.Equal(270, Metastable.QueueBound(300, 1, 0.1), 9);

    static double Recovery(double arrivals) => Metastable.RecoverySeconds(
        Metastable.Backlog(arrivals, stall: 10, timeout: 1, pause: 0, attempts: 2), arrivals, 300, 1, 2);
}

public class SlowTailTheorySpecs
{
    static readonly SlowTail tail = new(100, 1);

    [Fact]
    public void Quantile_and_survival_are_inverse_to_each_other()
    {
        Assert.Equal(100, tail.Quantile(0.5), 9);
        Assert.Equal(100 * Math.Exp(1.6448536269514722), tail.Quantile(0.95), 6);
        Assert.Equal(0.05, tail.Survival(tail.Quantile(0.95)), 12);
        Assert.Equal(1, tail.Survival(0));
    }

    [Fact]
    public void Hedging_at_the_95th_percentile_cuts_the_tail_for_5_percent_more_work()
    {
        var hedgeAfter = tail.Quantile(0.95);
        Assert.Equal(0.05, tail.ExtraLoad(hedgeAfter), 12);
        Assert.Equal(1_024, tail.Quantile(0.99), 0);
        Assert.Equal(667, tail.HedgedQuantile(0.99, hedgeAfter), 0);
        Assert.Equal(931, tail.HedgedQuantile(0.999, hedgeAfter), 0); // 2,198 without
        Assert.Equal(tail.Survival(300), tail.HedgedSurvival(300, hedgeAfter));
    }

    [Fact]
    public void Agrees_with_the_model()
    {
        var settings = new ModelSettings(new(100, 60), ServiceTime.Lognormal(0.1, 1))
        {
            Pool = new(1_000),
            Policy = new(0, 60, 60, HedgeAfter: tail.Quantile(0.95) / 1_000),
        };
        Agrees(tail.HedgedSurvival(600, tail.Quantile(0.95)), ModelBand.Of(settings, 20,
            run => (double)run.Requests.Count(request => request.Latency > 0.6) / run.Requests.Count));
        Agrees(0.05, ModelBand.Of(settings, 20, run => (double)run.Counts.Hedges / run.Requests.Count));
    }
}

public class StampedeTheorySpecs
{
    [Fact]
    public void The_narrower_the_jitter_the_higher_the_peak()
    {
        double Peak(RetryWave wave) => wave.PeakRate(1_000);

        Assert.Equal(double.PositiveInfinity, Peak(Stampede.Fixed(0.1)));
        Assert.Equal(50_000, Peak(Stampede.BackoffSupervisor(0.1)), 6);
        Assert.Equal(20_000, Peak(Stampede.Equal(0.1)), 6);
        Assert.Equal(10_000, Peak(Stampede.Full(0.1)), 6);
        Assert.Equal(5_000, Peak(Stampede.Decorrelated(0.1)), 6);
    }

    [Fact]
    public void Without_jitter_all_come_together_at_every_round()
    {
        Assert.Equal(0.7, Stampede.Exponential(0.1, 3).From, 12);
        Assert.Equal(1_000, Stampede.Exponential(0.1, 3).Worst(1_000, 0.01));
    }

    [Fact]
    public void A_wave_is_even_and_holds_every_client_once()
    {
        var wave = Stampede.Equal(0.1);
        Assert.Equal(0, wave.Density(1_000, 0.04));
        Assert.Equal(20_000, wave.Density(1_000, 0.06), 6);
        Assert.Equal(200, wave.Worst(1_000, 0.01), 6);
        Assert.Equal(1_000, wave.Worst(1_000, 5));
    }
}
