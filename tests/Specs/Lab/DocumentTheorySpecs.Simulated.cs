using TinyResilient.Lab.Model;
using TinyResilient.Lab.Theory;
using Xunit;

namespace Specs.Lab;

// What the talk calls simulated, with the settings of its acts.
public partial class DocumentTheorySpecs
{
    const int Simulated = 200;

    static readonly ModelPoolSettings eight = new(8, Supervision: ModelSupervision.Resume);

    [Fact]
    public void Twenty_seconds_of_act_2_are_mostly_better_than_the_long_run_and_up_to_20_percent()
    {
        var settings = new ModelSettings(new(40, 20), ServiceTime.Uniform(0.03, 0.8))
        {
            Faults = new(Error: 0.5),
            Policy = new(0) { Breaker = new(5, 5) },
        };
        var success = ModelBand.Each(settings, Simulated, run => run.Success);
        Says(talk, "mostly up to 20 % (simulated)");
        Assert.InRange((double)success.Count(one => one <= 0.2) / Simulated, 0.6, 0.999);
        Assert.InRange(success.Average(), BreakerTrap.Success(0.5, 1, 5, 5, 40), 1);
    }

    [Fact]
    public void One_run_in_four_of_act_3_is_20_points_off_and_in_one_of_three_retries_are_behind_from_the_start()
    {
        double[] First(int retries) => ModelBand.Each(Spoiling(retries), 2 * Simulated, run => Share(run, 0));
        var (none, two) = (First(0), First(2));
        Says(talk, "with retries one in four lies more than 20 points off, and in one of three they are behind from the start");
        Says(readme, "one run in four lies more than 20 points off");
        Assert.InRange(two.Count(one => Math.Abs(one - two.Average()) > 0.2) / (2.0 * Simulated), 0.19, 0.31);
        // Two compares are two runs: each with a seed of its own.
        Assert.InRange((double)none.Take(Simulated).Zip(two.Skip(Simulated)).Count(pair => pair.Second < pair.First) / Simulated, 0.25, 0.42);
    }

    [Fact]
    public void Both_lanes_of_act_4_lose_about_half_and_nearly_nothing_with_a_watchdog()
    {
        ModelSettings Hanging(double watchdog) => new(new(40, 20), ServiceTime.Fixed(0.02))
        {
            Pool = new(8, HangAfter: watchdog),
            Faults = new(Hang: 0.02),
            Policy = new(0),
        };
        Says(talk, "both lanes lose about half");
        Assert.InRange(ModelBand.Of(Hanging(0), Simulated, run => run.Success).Mean, 0.4, 0.6);
        Says(talk, $"With a watchdog {Percent(1 - 0.02)} succeed");
        Assert.Equal(0.98, ModelBand.Of(Hanging(0.2), Simulated, run => run.Success).Mean, 0.005);
    }

    [Fact]
    public void Nearly_all_callers_of_act_5_notice_nothing() => Assert.Equal(100, 100 * Errors.Success(0.1, 3), 0.2);

    static ModelSettings Spoiling(int retries) => new(new(40, 30), ServiceTime.Fixed(0.02))
    {
        Pool = eight,
        Faults = new(Corrupt: 0.02),
        Policy = new(retries),
    };

    static double Share(ModelRun run, int part) => (double)run.Requests.Skip(600 * part).Take(600).Count(request => request.Succeeded) / 600;
}
