using Specs.Lab.Reports;
using TinyResilient.Lab.Reports.Slides;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Scenarios;

/// <summary>Every scenario concludes something from whatever was measured, also from nonsense.</summary>
public class JudgeSpecs
{
    // What the model says of all arms takes seconds
    static readonly Dictionary<string, ScenarioResult> results = [];

    static readonly string[] measures =
    [
        Measure.Success, Measure.LateSuccess, Measure.Attempts, Measure.Failed, Measure.Refused, Measure.TimedOut, Measure.P50, Measure.P95, Measure.P99,
        Measure.OpenShare, Measure.TroubleS, Measure.Peak, Measure.Work, Measure.Wasted, Measure.Lost, Measure.Twice, Measure.Restarts, Measure.WorkersLeft,
        Measure.Lag, Measure.Pause, Measure.Lateness, Measure.Requests,
    ];

    public static TheoryData<string> Names => [.. Catalogue.All.Select(scenario => scenario.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Nonsense_never_passes_and_still_gives_slides(string name)
    {
        var result = Judge(Catalogue.Find(name)!);
        Assert.Contains(result.Claims, claim => claim.Judgement != Judgement.Holds);
        Assert.Equal(Catalogue.Find(name)!.Expected.Keys.Order(), result.Verdicts.Select(verdict => verdict.Policy).Order());
        Assert.NotEmpty(result.Title);
        Assert.NotEmpty(result.Charts);
        Assert.All(result.Charts.SelectMany(chart => chart.Series), series => Assert.Equal(series.Theory.Count > 0, series.Law is not null));
        Assert.Contains(result.Charts, chart => chart.Caption.Contains($"./tiny run {name} --real --seeds 2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("same", "same", true)]
    [InlineData("same", "other", false)]
    public void In_virtual_time_both_lanes_must_do_the_same_under_one_policy(string actor, string http, bool holds)
    {
        var claims = Judge(Catalogue.Find("errors")!, seeds: 2, lane => lane == Lane.Actor ? actor : http).Claims
            .Where(claim => claim.Text.Contains("both lanes do the same", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(claims);
        Assert.All(claims, claim => Assert.Equal(holds ? Judgement.Holds : Judgement.Fails, claim.Judgement));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_slide_of_one_seed_says_so_in_its_title(int seeds, bool isSaid) => Assert.All(
        Judge(Catalogue.Find("errors")!, seeds).Charts, chart => Assert.Equal(isSaid, chart.Title.EndsWith(" (one seed)", StringComparison.Ordinal)));

    [Fact]
    public void What_is_broken_judges_nothing_and_is_still_shown()
    {
        var errors = Catalogue.Find("errors")!;
        var broken = Judge(errors, seeds: 2, brokenFrom: 2);
        Assert.Equal(Judge(errors, seeds: 1).Claims, broken.Claims);
        Assert.Contains("so it is judged by 1 seed (1) alone", broken.Problems);
        Assert.Equal(2 * Lane.Both.Count, broken.Arms[0].Runs.Count);

        var nothing = Judge(errors, seeds: 2, brokenFrom: 1);
        Assert.Empty(nothing.Claims);
        Assert.Empty(nothing.Charts);
        Assert.Equal("Nothing is judged: no seed was measured without trouble", nothing.Title);
    }

    [Fact]
    public void An_earlier_run_is_judged_as_it_was_unless_its_scenario_is_another_today()
    {
        var errors = Judge(Catalogue.Find("errors")!);
        var again = Evidence.Of(errors)!.Result();
        Assert.Equal(errors.Claims, again.Claims);
        Assert.Null(Evidence.Of(errors with { Name = "earrors" }));
        Assert.Null(Evidence.Of(errors with { Arms = [.. errors.Arms.Skip(1)] }));
        Assert.Null(Evidence.Of(errors with { Parameters = new Dictionary<string, string> { ["seconds"] = "soon" } }));
    }

    [Fact]
    public void The_share_of_a_claim_is_of_the_times_that_it_was_judged()
    {
        var same = Judge(Catalogue.Find("errors")!, seeds: 5, _ => "same");
        var differing = same with { Arms = [.. same.Arms.Select(arm => arm with { Runs = [.. arm.Runs.Select(DifferingInTwo)] })] };
        Assert.Equal([(3, 2, 5)], Shares(1));
        Assert.Equal([(1, 1, 2)], Shares(2)); // the fifth is left over
        Assert.Equal([(0, 1, 1)], Shares(4));

        static LaneRun DifferingInTwo(LaneRun run) => run.Lane == Lane.Http && run.Seed is 3 or 5 ? run with { Digest = "other" } : run;

        IEnumerable<(int, int, int)> Shares(int seeds) => ClaimShare.Of(Evidence.Of(differing)!, seeds)
            .Where(share => share.Text.Contains("both lanes do the same", StringComparison.Ordinal))
            .Select(share => (share.Holds, share.Fails, share.Times)).Distinct();
    }

    [Fact]
    public void What_the_model_does_not_expect_is_named_with_its_arm_lane_and_number()
    {
        var (known, differences) = ModelCheck.Of([Evidence.Of(Judge(Catalogue.Find("errors")!))!]);
        Assert.InRange(known, 2, 50);
        Assert.Contains(differences, line => line.StartsWith("errors, ", StringComparison.Ordinal)
            && line.Contains(", lane actor: success 0.123, expected ", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void No_words_of_a_slide_are_cut_run_over_an_edge_or_touch_others(string name) => Assert.All(Judge(Catalogue.Find(name)!).Charts, chart =>
    {
        PlacedText.AssertAllFit(SvgSlide.Of(chart));
        Assert.DoesNotContain(PlacedText.Of(SvgSlide.Of(chart)), text => text.Words.Contains('…', StringComparison.Ordinal));
    });

    [Fact]
    public void All_scenarios_together_make_no_more_claims_than_their_bands_allow_for()
    {
        var results = Catalogue.All.Select(scenario => Judge(scenario)).ToList();
        Assert.InRange(results.Sum(result => result.Claims.Count), 100, ClaimList.Most);
        var charts = results.SelectMany(result => result.Charts).Select(chart => chart.Name).ToList();
        Assert.Equal(charts.Count, charts.Distinct().Count());
    }

    static ScenarioResult Judge(Scenario scenario) => results.TryGetValue(scenario.Name, out var result) ? result
        : results[scenario.Name] = Judge(scenario, seeds: 2);

    static ScenarioResult Judge(Scenario scenario, int seeds, Func<string, string>? digest = null, int brokenFrom = int.MaxValue)
    {
        const double value = 0.123;
        var shortest = scenario.Parameters.Any(parameter => parameter.Name == "seconds" && parameter.Allows("1")) ? "1" : "8";
        var values = Values.Of(scenario, [new("seconds", shortest)], []);
        var runs = scenario.Arms(values).ToDictionary(arm => arm.Name, arm => (
            from seed in Enumerable.Range(1, seeds)
            from lane in arm.Lanes
            select new LaneRun(lane, seed, measures.ToDictionary(measure => measure, _ => value),
                [.. Enumerable.Repeat(value, 40)], $"{lane}-{seed}", seed < brokenFrom ? null : "it lacks one", digest?.Invoke(lane))).ToList());
        return new Evidence(scenario, values, runs, [.. Enumerable.Range(1, seeds).Select(seed => (long)seed)]).Result();
    }
}
