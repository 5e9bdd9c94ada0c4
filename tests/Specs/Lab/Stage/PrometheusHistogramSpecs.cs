using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Stage;

// The expected values are those of Prometheus' histogram_quantile for the same buckets.
public class PrometheusHistogramSpecs
{
    const string Text = """
        # TYPE took_seconds histogram
        took_seconds_sum{lane="actor",outcome="succeeded"} 4
        took_seconds_bucket{lane="actor",outcome="succeeded",le="0.1"} 10
        took_seconds_bucket{lane="actor",outcome="succeeded",le="0.2"} 30
        took_seconds_bucket{lane="actor",outcome="succeeded",le="0.4"} 40
        took_seconds_bucket{lane="actor",outcome="succeeded",le="+Inf"} 44
        took_seconds_bucket{lane="actor",outcome="failed",le="0.1"} 1
        took_seconds_bucket{lane="actor",outcome="failed",le="+Inf"} 1
        """;

    static readonly PrometheusHistogram histogram = Read("succeeded");

    [Theory]
    [InlineData(0.5, 160)] // rank 22, in 0.1..0.2 as number 12 of 20
    [InlineData(0.1, 44)] // rank 4.4, in the first bucket, which begins at 0
    [InlineData(0.9, 392)] // rank 39.6
    [InlineData(0.99, 400)] // beyond the last bound: that bound
    public void A_quantile_lies_within_its_bucket_in_proportion(double q, double ms) => Assert.Equal(ms, histogram.Ms(q)!.Value, 9);

    [Fact]
    public void What_came_between_two_looks_is_their_difference()
    {
        var later = histogram with { Buckets = [.. histogram.Buckets.Select(one => (one.Bound, one.Count + (one.Bound >= 0.4 ? 8 : 0)))] };
        Assert.Equal(300, later.Since(histogram)!.Ms(0.5)!.Value, 9);
    }

    [Fact]
    public void Where_nothing_was_counted_there_is_no_quantile() => Assert.Null(histogram.Since(histogram)!.Ms(0.5));

    [Fact]
    public void A_count_that_began_anew_is_no_difference() => Assert.Null(Read("failed").Since(histogram));

    [Fact]
    public void A_series_that_is_not_there_is_no_histogram() =>
        Assert.Null(PrometheusHistogram.Read(Text, "took_seconds", "lane=\"http\""));

    static PrometheusHistogram Read(string outcome) =>
        PrometheusHistogram.Read(Text, "took_seconds", "lane=\"actor\"", $"outcome=\"{outcome}\"")!;
}
