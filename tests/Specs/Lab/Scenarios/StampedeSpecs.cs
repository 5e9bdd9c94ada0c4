using TinyResilient.Lab.Theory;
using Xunit;
using Scenario = TinyResilient.Lab.Scenarios.Stampede;
using Waves = TinyResilient.Lab.Theory.Stampede;

namespace Specs.Lab.Scenarios;

public class StampedeSpecs
{
    // Mean and deviation of 2,000 herds of 150 in another program: 26.8 and 2.0 percent, 16.0 and 1.5, 10.0 and 1.1.
    public static TheoryData<string, double, double> Herds => new()
    {
        { "equal", 0.268, 0.020 },
        { "full", 0.160, 0.015 },
        { "decorrelated", 0.100, 0.011 },
    };

    [Theory, MemberData(nameof(Herds))]
    public void The_worst_200_ms_of_a_small_herd_hold_more_than_the_mean_of_its_wave(string jitter, double mean, double deviation)
    {
        var wave = Wave(jitter);
        var herd = Scenario.Herd(wave, 150);
        Assert.Equal(mean, herd.Mean, 0.004);
        Assert.Equal(deviation, herd.Deviation, 0.003);
        Assert.True(herd.Mean > wave.Worst(1, 0.2));
    }

    [Fact]
    public void The_larger_the_herd_the_nearer_its_worst_200_ms_are_to_the_mean() =>
        Assert.InRange(Scenario.Herd(Wave("full"), 5_000).Mean, 0.1, 0.115);

    [Fact]
    public void Without_jitter_all_of_a_herd_come_at_once()
    {
        var herd = Scenario.Herd(Waves.Fixed(2), 150);
        Assert.Equal((1.0, 0.0), (herd.Mean, herd.Deviation));
    }

    static RetryWave Wave(string jitter) => jitter switch
    {
        "equal" => Waves.Equal(2),
        "full" => Waves.Full(2),
        _ => Waves.Decorrelated(2),
    };
}
