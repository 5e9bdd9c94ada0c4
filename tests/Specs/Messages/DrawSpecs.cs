using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.Messages;

public class DrawSpecs
{
    const int Draws = 100_000;

    [Fact]
    public void The_same_seed_name_id_and_attempt_give_the_same_draw_on_every_machine()
    {
        Assert.Equal(Draw.Unit(42, "error", "42-1", 1), Draw.Unit(42, "error", "42-1", 1));
        Assert.Equal(12638187200555641996UL, Draw.Hash("a")); // published FNV-1a test vector
    }

    [Theory]
    [InlineData(43, "error", "42-1", 1)]
    [InlineData(42, "latency", "42-1", 1)]
    [InlineData(42, "error", "42-2", 1)]
    [InlineData(42, "error", "42-1", 2)]
    public void Each_of_seed_name_id_and_attempt_changes_the_draw(long seed, string name, string id, int attempt) =>
        Assert.NotEqual(Draw.Unit(42, "error", "42-1", 1), Draw.Unit(seed, name, id, attempt));

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public void A_probability_fires_for_its_share_of_the_draws(double probability)
    {
        var fired = Enumerable.Range(0, Draws).Count(n => Draw.Unit(7, "error", $"7-{n}", 1) < probability);
        Assert.InRange(fired / (double)Draws, probability - Band(probability), probability + Band(probability));
    }

    [Fact]
    public void Draws_of_neighbouring_ids_attempts_and_names_do_not_depend_on_each_other()
    {
        const double p = 0.3;
        bool Fires(string name, int n, int attempt) => Draw.Unit(7, name, $"7-{n}", attempt) < p;
        var both = Band(p * p);
        Assert.InRange(Share(n => Fires("error", n, 1) && Fires("error", n + 1, 1)), p * p - both, p * p + both);
        Assert.InRange(Share(n => Fires("error", n, 1) && Fires("error", n, 2)), p * p - both, p * p + both);
        Assert.InRange(Share(n => Fires("error", n, 1) && Fires("latency", n, 1)), p * p - both, p * p + both);
    }

    [Fact]
    public void A_draw_is_at_least_0_and_below_1()
    {
        var draws = Enumerable.Range(0, Draws).Select(n => Draw.Unit(n, "error", "x", 1)).ToList();
        Assert.True(draws.Min() >= 0 && draws.Max() < 1);
        Assert.InRange(draws.Average(), 0.495, 0.505);
    }

    static double Share(Func<int, bool> fires) => Enumerable.Range(0, Draws).Count(fires) / (double)Draws;

    // 99.99 % of a binomial's shares lie within 3.9 standard deviations
    static double Band(double p) => 3.9 * Math.Sqrt(p * (1 - p) / Draws);
}
