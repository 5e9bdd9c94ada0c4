using TinyResilient.LoadTest;
using Xunit;

namespace Specs.LoadTest;

public class LoadScheduleSpecs
{
    [Theory]
    [InlineData(20, 10, 200)]
    [InlineData(1.1, 10, 11)] // in binary 11.000000000000002
    [InlineData(0.1, 3, 1)]
    [InlineData(2.5, 1, 3)] // 0, 0.4 and 0.8 s
    [InlineData(0.01, 10, 1)]
    [InlineData(333.3, 3, 1000)]
    [InlineData(1000, 0.25, 250)]
    [InlineData(0, 5, 0)]
    public void Sends_exactly_rate_times_duration_requests(double rate, double seconds, int count)
    {
        foreach (var arrivals in Enum.GetValues<Arrivals>())
        {
            var schedule = Schedule(arrivals, new Stage(TimeSpan.FromSeconds(seconds), rate));

            Assert.Equal(count, schedule.Count);
            Assert.Equal(count, schedule.Shots().Count());
        }
    }

    [Theory]
    [InlineData(Arrivals.Even)]
    [InlineData(Arrivals.Poisson)]
    public void Sends_in_order_from_zero_up_to_but_not_at_the_end(Arrivals arrivals)
    {
        var instants = Instants(Schedule(arrivals, new Stage(TimeSpan.FromSeconds(3), 333.3)));

        Assert.Equal(instants.Order(), instants);
        Assert.All(instants, at => Assert.InRange(at.Ticks, 0, TimeSpan.FromSeconds(3).Ticks - 1));
    }

    [Fact]
    public void Computes_each_even_instant_from_the_start_so_that_errors_do_not_add_up()
    {
        var instants = Instants(Schedule(Arrivals.Even, new Stage(TimeSpan.FromSeconds(1000), 3)));

        Assert.Equal(TimeSpan.Zero, instants[0]);
        Assert.Equal(TimeSpan.FromTicks(3_333_333), instants[1]);
        Assert.Equal(TimeSpan.FromSeconds(999), instants[2997]);
    }

    [Fact]
    public void Plays_stages_one_after_the_other()
    {
        var schedule = Schedule(
            Arrivals.Even,
            new Stage(TimeSpan.FromSeconds(1), 2),
            new Stage(TimeSpan.FromSeconds(5), 0),
            new Stage(TimeSpan.FromSeconds(0.5), 4));

        Assert.Equal([0, 0.5, 6, 6.25], Instants(schedule).Select(at => at.TotalSeconds));
        Assert.Equal([1, 2, 3, 4], schedule.Shots().Select(shot => shot.Number));
    }

    [Fact]
    public void Gives_the_same_random_instants_for_the_same_seed_only()
    {
        var stage = new Stage(TimeSpan.FromSeconds(10), 20);

        Assert.Equal(Instants(Schedule(7, stage)), Instants(Schedule(7, stage)));
        Assert.NotEqual(Instants(Schedule(7, stage)), Instants(Schedule(8, stage)));
    }

    [Fact]
    public void Spreads_random_arrivals_as_independent_users_do()
    {
        var instants = Instants(Schedule(7, new Stage(TimeSpan.FromSeconds(1000), 20)));
        var gaps = instants.Zip(instants.Skip(1), (a, b) => (b - a).TotalMilliseconds).ToList();

        // An exponential gap of mean 50 ms is longer than 50 ms with probability 1/e
        Assert.InRange(gaps.Average(), 49.5, 50.5);
        Assert.InRange(gaps.Count(gap => gap > 50) / (double)gaps.Count, Math.Exp(-1) - 0.02, Math.Exp(-1) + 0.02);
    }

    [Theory]
    [InlineData(Arrivals.Even)]
    [InlineData(Arrivals.Poisson)]
    public void Warms_up_before_the_run_without_changing_it(Arrivals arrivals)
    {
        var options = Options(arrivals, 7, new Stage(TimeSpan.FromSeconds(1), 10));
        var cold = new LoadSchedule(options).Shots().ToList();
        var warm = new LoadSchedule(options with { WarmUp = TimeSpan.FromSeconds(2) }).Shots().ToList();

        Assert.Equal(20, warm.Count(shot => !shot.Counted));
        Assert.All(warm.Take(20), shot => Assert.InRange(shot.At.TotalSeconds, -2, 0));
        Assert.Equal(cold, warm.Skip(20));
    }

    static LoadSchedule Schedule(Arrivals arrivals, params Stage[] stages) => new(Options(arrivals, 1, stages));

    static LoadSchedule Schedule(long seed, params Stage[] stages) => new(Options(Arrivals.Poisson, seed, stages));

    static LoadOptions Options(Arrivals arrivals, long seed, params Stage[] stages) =>
        new() { Url = new Uri("http://localhost/process"), Seed = seed, Arrivals = arrivals, Stages = stages };

    static List<TimeSpan> Instants(LoadSchedule schedule) => [.. schedule.Shots().Select(shot => shot.At)];
}
