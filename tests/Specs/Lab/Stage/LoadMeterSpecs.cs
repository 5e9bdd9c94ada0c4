using TinyResilient.Lab.Stage;
using TinyResilient.LoadTest;
using Xunit;

namespace Specs.Lab.Stage;

public class LoadMeterSpecs
{
    readonly LoadMeter meter = new();

    [Fact]
    public void Percentiles_are_of_the_successful_by_nearest_rank()
    {
        foreach (var ms in Enumerable.Range(1, 20))
            Add(1_000, ms);
        Add(1_000, 500, Outcome.Failed);
        Assert.Equal((10, 19), meter.Response(long.MinValue, long.MaxValue));
        Assert.Equal(21, meter.Count(1_000));
    }

    [Fact]
    public void Those_of_a_second_are_of_what_ended_in_it()
    {
        Add(999, 1);
        Add(1_000, 7);
        Add(2_000, 3);
        Assert.Equal((7, 7), meter.Response(1_000, 2_000));
        Assert.Equal((null, null), meter.Response(3_000, 4_000));
    }

    [Fact]
    public void What_is_older_than_ten_seconds_is_forgotten()
    {
        Add(0, 100);
        Add(9_000, 5);
        Assert.Equal(2, meter.Count(9_999));
        Assert.Equal(1, meter.Count(10_000));
        Assert.Equal((5, 5), meter.Response(long.MinValue, long.MaxValue));
    }

    [Fact]
    public void Lag_is_of_all_requests_of_all_lanes()
    {
        Assert.Null(LoadMeter.LagP99([meter]));
        Add(0, 100, lagMs: 2);
        var other = new LoadMeter();
        other.Add(0, Sample(1, Outcome.Refused, lagMs: 9));
        Assert.Equal(9, LoadMeter.LagP99([meter, other]));
    }

    void Add(long nowMs, double ms, Outcome outcome = Outcome.Succeeded, double lagMs = 0) => meter.Add(nowMs, Sample(ms, outcome, lagMs));

    static Sample Sample(double ms, Outcome outcome, double lagMs) => new("1-1", TimeSpan.Zero, TimeSpan.FromMilliseconds(lagMs),
        TimeSpan.FromMilliseconds(ms), new(outcome, null, 1, BreakerState.Closed));
}
