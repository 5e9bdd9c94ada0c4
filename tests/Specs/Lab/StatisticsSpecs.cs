using TinyResilient.Lab.Statistics;
using Xunit;

namespace Specs.Lab;

public class NormalSpecs
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(0.999, 3.090232306167813)]
    [InlineData(1e-10, -6.361340902404056)]
    public void Quantiles_are_those_of_the_tables(double p, double expected) =>
        Assert.Equal(expected, Normal.Quantile(p), 9);

    [Theory]
    [InlineData(0.5, 0.5204998778130465)]
    [InlineData(1, 0.8427007929497149)]
    [InlineData(2, 0.9953222650189527)]
    [InlineData(3, 0.9999779095030014)]
    [InlineData(-1, -0.8427007929497149)]
    public void Erf_is_that_of_the_tables(double x, double expected) => Assert.Equal(expected, Normal.Erf(x), 13);

    [Fact]
    public void The_far_tail_keeps_its_digits()
    {
        Assert.Equal(1, Normal.Erfc(5) / 1.5374597944280349e-12, 10);
        Assert.Equal(1, Normal.UpTo(-10) / 7.619853024160527e-24, 10);
    }

    [Fact]
    public void Quantile_and_probability_are_inverse_to_each_other() =>
        Assert.All([1e-300, 1e-20, 0.003, 0.2, 0.4999, 0.6, 0.99999], p =>
            Assert.Equal(1, Normal.UpTo(Normal.Quantile(p)) / p, 9));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void What_is_certain_has_no_quantile(double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Normal.Quantile(p));
}

public class StudentTSpecs
{
    [Theory]
    [InlineData(0.95, 1, 12.7062047)]
    [InlineData(0.95, 2, 4.3026527)]
    [InlineData(0.95, 9, 2.2621572)]
    [InlineData(0.99, 4, 4.6040949)]
    [InlineData(0.999, 29, 3.6594050)]
    [InlineData(0.999, 10, 4.5868939)]
    public void Quantiles_are_those_of_the_tables(double confidence, int freedom, double expected) =>
        Assert.Equal(expected, StudentT.TwoSided(confidence, freedom), 6);

    [Fact]
    public void Many_runs_make_it_normal() =>
        Assert.Equal(Normal.TwoSided(0.999), StudentT.TwoSided(0.999, 100_000), 3);
}

public class IntervalSpecs
{
    [Theory]
    [InlineData(15, 50, 0.1910, 0.4375)]
    [InlineData(0, 10, 0, 0.2775)]
    [InlineData(10, 10, 0.7225, 1)]
    [InlineData(81, 263, 0.2553, 0.3662)] // Newcombe 1998, table I
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_is_that_of_the_literature(int successes, int n, double low, double high)
    {
        var interval = Interval.Wilson(successes, n, Confidence.Z(0.95));
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Without_trials_nothing_is_known() => Assert.Equal(new(0, 1), Interval.Wilson(0, 0, 2));

    [Fact]
    public void More_successes_than_trials_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Interval.Wilson(2, 1, 2));

    [Fact]
    public void Five_runs_leave_more_room_than_five_runs_of_known_scatter()
    {
        double[] runs = [1, 2, 3, 4, 5];
        var estimated = Interval.OfMean(runs, 0.95);
        var known = Interval.OfMean(3, Math.Sqrt(2.5), 5, 0.95);

        Assert.Equal(3 - 2.7764451 * Math.Sqrt(0.5), estimated.Low, 6);
        Assert.Equal(3 + 1.9599640 * Math.Sqrt(0.5), known.High, 6);
        Assert.True(estimated.Meets(known) && estimated.Width > known.Width);
    }

    [Fact]
    public void One_run_has_no_scatter_to_estimate() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Interval.OfMean([1], 0.95));

    [Fact]
    public void Ends_belong_to_an_interval()
    {
        Assert.True(new Interval(1, 2).Contains(1) && new Interval(1, 2).Contains(2));
        Assert.False(new Interval(1, 2).Contains(2.01));
        Assert.True(new Interval(1, 2).Meets(new(2, 3)));
        Assert.False(new Interval(1, 2).Meets(new(2.01, 3)));
    }
}

public class ConfidenceSpecs
{
    [Fact]
    public void All_claims_together_hold_with_what_was_asked()
    {
        Assert.Equal(0.999, Confidence.PerClaim(0.999, 1), 12);
        Assert.Equal(0.9999, Confidence.PerClaim(Confidence.OfARun, 10), 12);
        Assert.Equal(3.8906, Confidence.Z(Confidence.PerClaim(0.999, 10)), 4);
    }
}

public class SampleSpecs
{
    [Fact]
    public void The_deviation_divides_by_one_less() =>
        Assert.Equal(Math.Sqrt(32 / 7.0), Sample.Deviation([2, 4, 4, 4, 5, 5, 7, 9]), 12);

    [Fact]
    public void One_value_does_not_scatter() => Assert.Equal(0, Sample.Deviation([7]));

    [Theory]
    [InlineData(0, 15)]
    [InlineData(0.05, 15)]
    [InlineData(0.3, 20)]
    [InlineData(0.4, 20)]
    [InlineData(0.41, 35)]
    [InlineData(0.5, 35)]
    [InlineData(1, 50)]
    public void A_percentile_is_a_value_that_was_measured(double share, double expected) =>
        Assert.Equal(expected, Sample.Percentile([15, 20, 35, 40, 50], share));

    [Fact]
    public void The_95th_percentile_of_a_hundred_is_the_95th() =>
        Assert.Equal(95, Sample.Percentile([.. Enumerable.Range(1, 100).Select(n => (double)n)], 0.95));
}
