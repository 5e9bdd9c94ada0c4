using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Scenarios;

public class ClaimListSpecs
{
    [Theory]
    [InlineData(0.70, true)]
    [InlineData(0.76, false)]
    public void A_share_must_lie_within_Wilsons_band_of_its_probability(double measured, bool holds)
    {
        var claims = new ClaimList(EvidenceOf(measured, seeds: 1, requests: 2_000));
        claims.Share("no retries", Lane.Actor, Measure.Success, 0.7, "success");
        Assert.Equal(holds ? Judgement.Holds : Judgement.Fails, Assert.Single(claims.All).Judgement);
    }

    [Fact]
    public void The_band_of_a_share_ends_at_0_and_at_100_percent()
    {
        var claims = new ClaimList(EvidenceOf(0.7, seeds: 1, requests: 2_000));
        claims.Share("no retries", Lane.Actor, Measure.Success, 0.001, "success");
        claims.Share("no retries", Lane.Actor, Measure.Success, 0.999, "success");
        Assert.Equal((0, 100), (claims.All[0].Low, claims.All[1].High));
    }

    [Fact]
    public void The_band_of_so_much_per_request_does_not_end_at_100_per_100_requests()
    {
        var claims = new ClaimList(EvidenceOf(0.973, seeds: 1, requests: 2_000));
        claims.Model("2 retries", Lane.Actor, Measure.Attempts, "attempts per 100 requests");
        Assert.True(claims.All[0] is { Low: < 139, High: > 139, Judgement: Judgement.Holds }, $"{claims.All[0]}");
    }

    [Fact]
    public void A_band_that_takes_in_what_the_claim_denies_judges_nothing()
    {
        var claims = new ClaimList(EvidenceOf(0.7, seeds: 1, requests: 100));
        claims.Share("no retries", Lane.Actor, Measure.Success, 0.7, "success", rival: 0.9);
        Assert.Equal(Judgement.TooShort, Assert.Single(claims.All).Judgement);
    }

    [Fact]
    public void More_seeds_make_the_band_narrower()
    {
        double Width(int seeds)
        {
            var claims = new ClaimList(EvidenceOf(0.7, seeds, requests: 2_000));
            claims.Share("no retries", Lane.Actor, Measure.Success, 0.7, "success");
            return claims.All[0].High!.Value - claims.All[0].Low!.Value;
        }
        Assert.InRange(Width(4) / Width(1), 0.45, 0.55);
    }

    [Fact]
    public void Lanes_that_differ_in_one_request_are_not_identical()
    {
        var claims = new ClaimList(EvidenceOf(0.7, seeds: 2, requests: 100, httpHash: "other"));
        claims.LanesAreIdentical("no retries");
        Assert.Equal((2, Judgement.Fails), (claims.All[0].Measured, claims.All[0].Judgement));
    }

    [Fact]
    public void A_policy_that_changes_nothing_is_neutral_and_one_that_harms_is_said_to()
    {
        var claims = new ClaimList(EvidenceOf(0.7, seeds: 3, requests: 2_000));
        Assert.Equal(Effect.Neutral, claims.Verdict("supervision", "no retries, not restarted", "no retries").Effect);
        Assert.Equal(Effect.Harms, claims.Verdict("retries", "no retries", "2 retries", Measure.Attempts, moreIsBetter: false).Effect);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(2_000, false)]
    public void No_difference_is_neutral_only_where_a_run_so_long_would_show_that_of_theory(int requests, bool isUnclear)
    {
        // Theory: 97.3 % with two retries, 91 % with one.
        var claims = new ClaimList(EvidenceOf(0.94, seeds: 1, requests));
        Assert.Equal(isUnclear ? Effect.Unclear : Effect.Neutral, claims.Verdict("a second retry", "1 retry", "2 retries").Effect);
    }

    [Fact]
    public void What_is_unclear_says_how_many_seeds_would_do()
    {
        Verdict Of(int seeds) => new ClaimList(EvidenceOf(0.94, seeds, requests: 100)).Verdict("a second retry", "1 retry", "2 retries");

        // Theory: 97.3 % with two retries, 91 % with one: (2.6 + 2.33)^2 (0.973 x 0.027 + 0.91 x 0.09) / 100 / 0.063^2 = 6.6
        Assert.Equal(Effect.Unclear, Of(1).Effect);
        Assert.InRange(Of(1).Seeds!.Value, 6, 8);
        Assert.Equal((Effect.Neutral, null), (Of(8).Effect, Of(8).Seeds));
    }

    [Fact]
    public void Where_the_model_has_no_number_a_claim_judges_nothing()
    {
        var claims = new ClaimList(EvidenceOf(0.7, seeds: 1, requests: 100));
        claims.Near("p95 of no success", 3, double.NaN, 1);
        Assert.Equal(Judgement.TooShort, claims.All[0].Judgement);
    }

    static Evidence EvidenceOf(double success, int seeds, int requests, string httpHash = "same")
    {
        var scenario = Catalogue.Find("errors")!;
        var values = Values.Of(scenario, [new("rate", "100"), new("seconds", $"{Math.Max(1, requests / 100)}")], []);
        var runs = scenario.Arms(values).ToDictionary(arm => arm.Name, arm => (
            from seed in Enumerable.Range(1, seeds)
            from lane in Lane.Both
            select new LaneRun(lane, seed, new Dictionary<string, double>
            {
                [Measure.Success] = success,
                [Measure.Attempts] = arm.Name == "2 retries" ? 1.39 : 1,
            }, new double[40], lane == Lane.Actor ? "same" : httpHash, null)).ToList());
        return new(scenario, values, runs, [.. Enumerable.Range(1, seeds).Select(seed => (long)seed)]);
    }
}
